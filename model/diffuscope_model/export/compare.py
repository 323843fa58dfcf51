"""Compares exported graphs with PyTorch on prompts of every kind; fails where they differ.

    python -m diffuscope_model.export.compare --checkpoint runs/first/final.pt \\
        --model ../public/models/small

PyTorch gets the weights as the model stores them, so that a graph's numbers differ by rounding
only.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

import numpy as np

from diffuscope_model.corpus.mixture import KINDS
from diffuscope_model.corpus.sample import sample
from diffuscope_model.export.__main__ import tiny
from diffuscope_model.export.packed import packed_denoise, packed_extend
from diffuscope_model.export.quantise import as_stored
from diffuscope_model.export.sessions import Exported, Rows
from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import Network
from diffuscope_model.tokenizer.vocabulary import (
    MASK,
    encode_answer,
    encode_prompt,
    load_tokenizer,
)

TOLERANCE = 0.002
"""Nats."""
LONGEST_ANSWER = 24


def distance(got: Rows, expected: Rows) -> float:
    """The largest difference of packed rows in nats; ids are compared by their logits."""
    top_k = (got.shape[1] - 2) // 2
    columns = [*range(top_k), 2 * top_k, 2 * top_k + 1]
    return float(np.abs(got[:, columns] - expected[:, columns]).max())


def furthest(network: Network, exported: Exported, seed: int) -> float:
    """How far the graphs are off at most, on a denoiser's and an autoregressive case of a kind."""
    tokenizer = load_tokenizer(exported.folder / exported.manifest["tokenizer"]["file"])
    worst = 0.0
    for kind in KINDS:
        random = Random(f"goldens {kind.name} {seed}")
        example = sample(kind, random, "test")
        prompt = encode_prompt(tokenizer, example.prompt)
        answer = encode_answer(tokenizer, example.answer)[:LONGEST_ANSWER]
        masked = [MASK if random.random() < 0.6 else token for token in answer]

        rows = packed_denoise(network, prompt, masked).numpy()
        worst = max(worst, distance(exported.denoise(prompt, masked), rows))

        rows = packed_extend(network, prompt, answer).numpy()
        row, past = exported.extend([], prompt, exported.empty_cache)
        worst = max(worst, distance(row[None], rows[:1]))
        for place, token in enumerate(answer):
            row, past = exported.extend([*prompt, *answer[:place]], [token], past)
            worst = max(worst, distance(row[None], rows[place + 1 : place + 2]))
    return worst


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, help="what was exported (default: the tiny one)")
    parser.add_argument("--model", type=Path, required=True, help="folder with its manifest")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    if options.checkpoint:
        network = checkpoint.network_of(checkpoint.load(options.checkpoint))
    else:
        network = tiny(options.model / "tokenizer.json")
    exported = Exported(options.model)
    if exported.manifest["precision"] == "int8":
        network = as_stored(network)
    worst = furthest(network, exported, options.seed)
    if worst > TOLERANCE:
        raise SystemExit(
            f"The graphs in {options.model} differ from PyTorch by {worst:.4f} nats: "
            "export this checkpoint again, or look for a fault in the export."
        )
    print(f"{options.model}: graphs within {worst:.5f} nats of PyTorch")


if __name__ == "__main__":
    main()
