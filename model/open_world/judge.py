"""Judges answers that others decoded: likelihood, loops and broken words against passes a token.

    python -m open_world.judge --answers ../bench/open-answers.jsonl --folder runs/open \\
        --out ../bench/open-curves

A line of answers holds `decoder`, `budget` (tokens a pass, or a threshold), `prompt`, `answer` and
`passes`, and, if it was measured, `rows` and `milliseconds`. Writes `open-curves.json`, `.md` and
`.svg`. What is judged is kept beside the answers, so an interrupted run goes on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from open_world.measuring.curves import as_curve_table, draw, points_of
from open_world.measuring.flaws import has_double, loops, repeated_share
from open_world.measuring.likelihood import surprise
from open_world.network.kept import load_network
from open_world.tokens import ids_of, in_template, load_tokenizer


def lines_of(file: Path) -> list[dict[str, Any]]:
    """The lines of a file of JSON lines; none if it isn't there."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="original.pt, tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="path of the files, no suffix")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.folder / "tokenizer.json")
    original = load_network(options.folder / "original.pt")
    answers, kept = lines_of(options.answers), options.answers.with_suffix(".judged.jsonl")
    judged = lines_of(kept)
    with kept.open("a", encoding="utf-8", buffering=1) as out:
        for answer in answers[len(judged) :]:
            ids = ids_of(tokenizer, answer["answer"])
            prompt = in_template(tokenizer, answer["prompt"])
            line = answer | {
                "tokens": len(ids),
                "surprise": surprise(original, prompt, ids),
                "loops": loops(ids),
                "repeated": repeated_share(ids),
                "doubled": has_double(answer["answer"]),
            }
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            judged.append(line)
    points = points_of(judged)
    options.out.with_suffix(".json").write_text(json.dumps(points, indent=1) + "\n", "utf-8")
    options.out.with_suffix(".md").write_text(
        "The open world's answers by the page's strategies, judged by the original model.\n\n"
        f"![Nats a token against passes a token]({options.out.name}.svg)\n\n"
        + as_curve_table(points),
        "utf-8",
    )
    draw(points, options.out.with_suffix(".svg"))


if __name__ == "__main__":
    main()
