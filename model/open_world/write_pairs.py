"""The original writes prompts and answers: the data of all that follows.

    python -m open_world.write_pairs --folder runs/open --seconds 135

A GPU writes 4,096 texts side by side, some 180,000 tokens a second on an H100; a processor is for
rehearsals (`--texts 24 --steps 400`). Each call adds a file of pairs to the folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

import torch

from open_world.network.kept import cut, in_half, load_network
from open_world.pairs.cutting import pairs_in, sentence_ends
from open_world.pairs.pair import write_pairs
from open_world.pairs.writer import Limits, Writer
from open_world.tokens import load_tokenizer


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True, help="original.pt, tokenizer.json")
    parser.add_argument("--seconds", type=float, default=135)
    parser.add_argument("--texts", type=int, default=4096, help="side by side")
    parser.add_argument("--steps", type=int, default=16_000, help="tokens of each at most")
    parser.add_argument("--layers", type=int, help="the first so many alone: for rehearsals")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    tokenizer = load_tokenizer(options.folder / "tokenizer.json")
    network = load_network(options.folder / "original.pt")
    if options.layers:
        network = cut(network, options.layers)
    if torch.cuda.is_available():
        network = in_half(network, torch.device("cuda"))
    limits = Limits()
    written = Writer(network, tokenizer, options.texts, options.steps, limits).write(
        options.seconds
    )
    pairs = [*pairs_in(written, sentence_ends(tokenizer), limits.answer)]
    if not pairs:
        raise SystemExit("No text came to its end: give it more steps or seconds.")
    # Texts are in the order of their slots; training keeps the last ones apart.
    Random(options.seed).shuffle(pairs)
    files = write_pairs(options.folder, pairs)
    ended = sum(pair.ended for pair in pairs) / len(pairs)
    length = sum(len(pair.answer) for pair in pairs) / len(pairs)
    print(f"{written.ids.size:,} tokens, {len(pairs):,} pairs, {length:.0f} tokens an answer")
    print(f"{ended:.0%} ended by themselves -> {', '.join(map(str, files))}")


if __name__ == "__main__":
    main()
