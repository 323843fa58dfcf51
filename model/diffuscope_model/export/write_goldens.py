"""Writes what PyTorch says to a few inputs, for the tests of the page's own code.

    python -m diffuscope_model.export.write_goldens --checkpoint runs/first/final.pt \\
        --model ../public/models/small --out ../src/engines/browser/goldens/small.json

PyTorch gets the weights as the model stores them, so that a graph's numbers differ by rounding
only. The command compares the graphs themselves, too, and fails where they differ by more.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from diffuscope_model.corpus.mixture import KINDS
from diffuscope_model.corpus.sample import sample
from diffuscope_model.export.__main__ import tiny
from diffuscope_model.export.packed import packed_denoise, packed_extend
from diffuscope_model.export.quantise import as_stored
from diffuscope_model.export.self_check import rounded
from diffuscope_model.export.sessions import Exported, Rows
from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import Network
from diffuscope_model.tokenizer.vocabulary import MASK, encode_answer, encode_prompt, load_tokenizer

TOLERANCE = 0.002
"""Nats."""
LONGEST_ANSWER = 24


def distance(got: Rows, expected: Rows) -> float:
    """The largest difference of packed rows in nats; ids are compared by their logits."""
    top_k = (got.shape[1] - 2) // 2
    columns = [*range(top_k), 2 * top_k, 2 * top_k + 1]
    return float(np.abs(got[:, columns] - expected[:, columns]).max())


def cases(network: Network, exported: Exported, seed: int) -> tuple[dict[str, Any], float]:
    """A denoiser's and an autoregressive case of every kind, and how far the graphs are off."""
    tokenizer = load_tokenizer(exported.folder / exported.manifest["tokenizer"]["file"])
    written: dict[str, Any] = {"denoise": [], "extend": []}
    worst = 0.0
    for kind in KINDS:
        random = Random(f"goldens {kind.name} {seed}")
        example = sample(kind, random, "test")
        prompt = encode_prompt(tokenizer, example.prompt)
        answer = encode_answer(tokenizer, example.answer)[:LONGEST_ANSWER]
        masked = [MASK if random.random() < 0.6 else token for token in answer]

        rows = packed_denoise(network, prompt, masked).numpy()
        worst = max(worst, distance(exported.denoise(prompt, masked), rows))
        case = {"promptIds": prompt, "answerIds": masked, "packed": rounded(rows)}
        written["denoise"].append(case)

        rows = packed_extend(network, prompt, answer).numpy()
        row, past = exported.extend([], prompt, exported.empty_cache)
        worst = max(worst, distance(row[None], rows[:1]))
        for place, token in enumerate(answer):
            row, past = exported.extend([*prompt, *answer[:place]], [token], past)
            worst = max(worst, distance(row[None], rows[place + 1 : place + 2]))
        case = {"promptIds": prompt, "nextIds": answer, "packed": rounded(rows)}
        written["extend"].append(case)
    return written, worst


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, help="what was exported (default: the tiny one)")
    parser.add_argument("--model", type=Path, required=True, help="folder with its manifest")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    if options.checkpoint:
        network = checkpoint.network_of(checkpoint.load(options.checkpoint))
    else:
        network = tiny(options.model / "tokenizer.json")
    exported = Exported(options.model)
    if exported.manifest["precision"] == "int8":
        network = as_stored(network)
    written, worst = cases(network, exported, options.seed)
    if worst > TOLERANCE:
        raise SystemExit(
            f"The graphs in {options.model} differ from PyTorch by {worst:.4f} nats: "
            "export this checkpoint again, or look for a fault in the export."
        )
    content = {"revision": exported.manifest["revision"], "tolerance": TOLERANCE, **written}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(content) + "\n", "utf-8")
    print(f"{options.out}: graphs within {worst:.5f} nats of PyTorch")


if __name__ == "__main__":
    main()
