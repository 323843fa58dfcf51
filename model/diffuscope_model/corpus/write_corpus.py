"""Writes training and test examples as JSON lines.

`python -m diffuscope_model.corpus.write_corpus --out data --examples 400000 --seed 1`
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from random import Random

from diffuscope_model.corpus.mixture import KINDS, draw_example
from diffuscope_model.corpus.sample import sample

TEST_EXAMPLES = 500
"""Test examples of each kind."""
_MOST_DRAWS = 40
"""Draws for each wanted test example before a kind counts as exhausted."""


def write_training(path: Path, examples: int, seed: int) -> set[str]:
    """Writes `{kind, prompt, answer}` lines; returns the prompts."""
    rng, prompts = Random(f"train {seed}"), set()
    with path.open("w", encoding="utf-8") as lines:
        for _ in range(examples):
            example = draw_example(rng, "train")
            prompts.add(example.prompt)
            line = {"kind": example.kind, "prompt": example.prompt, "answer": example.answer}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    return prompts


def write_test(path: Path, seen: set[str], seed: int, each: int = TEST_EXAMPLES) -> dict[str, int]:
    """Writes `{kind, prompt, answer, facts}` lines with no prompt that is in `seen` or there twice.

    Returns:
        How many each kind got: fewer than `each` where the kind has no more different prompts.
    """
    written: dict[str, int] = {}
    with path.open("w", encoding="utf-8") as lines:
        for kind in KINDS:
            rng, prompts = Random(f"test {kind.name} {seed}"), set()
            for _ in range(each * _MOST_DRAWS):
                if len(prompts) == each:
                    break
                example = sample(kind, rng, "test")
                if example.prompt in seen or example.prompt in prompts:
                    continue
                prompts.add(example.prompt)
                lines.write(json.dumps(vars(example), ensure_ascii=False) + "\n")
            written[kind.name] = len(prompts)
    return written


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("data"), help="folder to write into")
    parser.add_argument("--examples", type=int, default=400_000, help="training examples")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    seen = write_training(options.out / "train.jsonl", options.examples, options.seed)
    seconds = time.perf_counter() - start
    written = write_test(options.out / "test.jsonl", seen, options.seed)
    print(f"{options.examples} training examples in {seconds:.1f} s; {len(seen)} different prompts")
    for name, count in written.items():
        print(f"{name}: {count} test examples")


if __name__ == "__main__":
    main()
