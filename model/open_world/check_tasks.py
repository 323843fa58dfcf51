"""Answers the sixty plain prompts in any of the measured ways, and checks the answers.

    python -m open_world.check_tasks --model ../public/models/open --folder runs/open \\
        --out runs/open/tasks.json
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import torch

from open_world.evaluate import LENGTH, device, network_at
from open_world.measuring.answers import answer_prompts
from open_world.measuring.decoders import DECODERS
from open_world.plain_prompts import PLAIN_PROMPTS
from open_world.tokens import load_tokenizer

DEFAULT = ("AR", "any order, 1 a pass")
ALL = "all"


def shares(right: dict[str, dict[str, list[bool]]]) -> str:
    """Markdown, a row a kind, a column a decoder: how many are right.

    Args:
        right: by decoder and kind.
    """
    kinds = [*dict.fromkeys(plain.kind for plain in PLAIN_PROMPTS), ALL]
    lines = [["kind", *right], ["---", *["---:"] * len(right)]]
    for kind in kinds:
        cells = []
        for of_kind in right.values():
            each = [x for of, marks in of_kind.items() for x in marks if kind in (of, ALL)]
            cells.append(f"{sum(each)} of {len(each)}")
        lines.append([kind, *cells])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="folder or checkpoint")
    parser.add_argument("--folder", type=Path, required=True, help="holds tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="file of answers to write")
    parser.add_argument("--decoders", nargs="+", choices=DECODERS, default=list(DEFAULT))
    parser.add_argument("--length", type=int, default=LENGTH, help="the most tokens of an answer")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.folder / "tokenizer.json")
    network = network_at(options.model).to(device())
    plain = {each.prompt: each for each in PLAIN_PROMPTS}
    right: dict[str, dict[str, list[bool]]] = {}
    told = []
    for decoder in options.decoders:
        right[decoder] = defaultdict(list)
        for answer in answer_prompts(
            network, None, tokenizer, list(plain), decoder, options.length
        ):
            asked = plain[answer["prompt"]]
            is_right = asked.check(answer["answer"])
            right[decoder][asked.kind].append(is_right)
            told.append({**answer, "kind": asked.kind, "right": is_right})
    options.out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(shares(right))


if __name__ == "__main__":
    main()
