"""Marks answers to held-out prompts: right answers against forward passes, by kind and strategy.

    npm run bench:answers -- bench/held-out.jsonl bench/answers.jsonl
    python -m diffuscope_model.measuring.judge --answers ../bench/answers.jsonl \\
        --out ../bench/curves

writes `curves.json`, `curves.md` and `curves.svg`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from diffuscope_model.corpus.kind import Example
from diffuscope_model.corpus.mixture import kind_named
from diffuscope_model.measuring.draw_curves import draw
from diffuscope_model.measuring.held_out import hold_out
from diffuscope_model.measuring.marks import Answer, mark
from diffuscope_model.measuring.tables import as_summary, as_table
from diffuscope_model.measuring.write_held_out import SEED
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import load_tokenizer


def held_out_for(answers: Sequence[Answer]) -> dict[str, list[Example]]:
    """The held-out examples that answers may be to, by kind."""
    tokenizer = load_tokenizer()
    counts: dict[str, int] = defaultdict(int)
    for answer in answers:
        counts[answer["kind"]] = max(counts[answer["kind"]], answer["index"] + 1)
    return {
        name: hold_out(kind_named(name), tokenizer, count, Shape.window, SEED).examples
        for name, count in counts.items()
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="path of the files, no suffix")
    options = parser.parse_args()
    answers = [json.loads(line) for line in options.answers.read_text("utf-8").splitlines()]
    revisions = {answer["revision"] for answer in answers}
    if len(revisions) != 1:
        raise SystemExit(f"The answers are of several models ({', '.join(revisions)}): begin anew.")
    points = mark(answers, held_out_for(answers))
    most = max(point.examples for point in points)
    content = {"revision": revisions.pop(), "points": [asdict(point) for point in points]}
    options.out.with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    options.out.with_suffix(".md").write_text(
        "Right answers on held-out prompts by the shipped graphs and the page's strategies, and "
        f"mean forward passes: first of {most} prompts a kind in the few ways that most readers "
        f"ask for, then in all.\n\n![Right answers against passes]({options.out.name}.svg)\n\n"
        + as_summary(points)
        + "\n"
        + as_table(points),
        "utf-8",
    )
    draw(points, options.out.with_suffix(".svg"))


if __name__ == "__main__":
    main()
