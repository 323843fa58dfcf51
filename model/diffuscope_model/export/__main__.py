"""Writes a network as the ONNX graphs that the page runs.

python -m diffuscope_model.export --checkpoint runs/first/final.pt --out ../public/models/small
python -m diffuscope_model.export --random --out ../e2e/models/tiny \
    --tokenizer ../e2e/models/tiny/tokenizer.json
"""

from __future__ import annotations

import argparse
from pathlib import Path

from diffuscope_model.export.write_model import write_model
from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import TOKENIZER_FILE, load_tokenizer, respaced, spelling

TINY = Shape(vocabulary=2048, width=64, layers=2, heads=2, feed_forward=160)
"""For tests on software GPUs; its weights are random, and it knows the tokenizer's pieces only."""
TINY_SEED = 7


def tiny(tokenizer: Path) -> Network:
    """The tiny network, ready to predict."""
    known = load_tokenizer(tokenizer)
    return Network(TINY).start(TINY_SEED).know_tokens(respaced(known), spelling(known)).eval()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint", type=Path, help="file that training wrote")
    source.add_argument("--random", action="store_true", help="a tiny network, untrained")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER_FILE)
    parser.add_argument("--precision", choices=("int8", "fp32"), default="int8")
    options = parser.parse_args()

    if options.random:
        network, name = tiny(options.tokenizer), "diffuscope-tiny"
    else:
        network = checkpoint.network_of(checkpoint.load(options.checkpoint))
        name = "diffuscope-small"
    manifest = write_model(network, name, options.out, options.tokenizer, options.precision)
    files = [manifest["weights"], *manifest["graphs"]["denoise"], manifest["graphs"]["extend"]]
    for file in files:
        print(f"{file['bytes']:>10,} {file['file']}")
    print(f"{manifest['parameters']:,} parameters, revision {manifest['revision']}")


if __name__ == "__main__":
    main()
