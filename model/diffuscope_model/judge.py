"""Marks answers to held-out prompts: right answers against forward passes, by kind and strategy.

    npm run bench:answers -- bench/held-out.jsonl bench/answers.jsonl
    python -m diffuscope_model.judge --answers ../bench/answers.jsonl --out ../bench/curves

writes `curves.json`, `curves.md` and `curves.svg`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot as plt

from diffuscope_model.corpus.kind import Example
from diffuscope_model.corpus.mixture import kind_named
from diffuscope_model.network import Shape
from diffuscope_model.probe import hold_out
from diffuscope_model.vocabulary import load_tokenizer
from diffuscope_model.write_held_out import SEED

AUTOREGRESSIVE = "autoregressive"
COLOURS = ("#0b6196", "#b6430f", "#3f7d20", "#7b3fa0", "#a07400", "#5a6470")


@dataclass(frozen=True)
class Point:
    """One way of decoding one kind; all but `examples` and `budget` are means.

    Attributes:
        budget: tokens a pass of strategies with a quota; otherwise the threshold or the factor.
        right: the share of right answers; `parts` are shares that the kind counts for itself.
    """

    kind: str
    decoder: str
    budget: float
    examples: int
    right: float
    parts: dict[str, float]
    passes: float
    tokens: float


def mark(answers: list[dict[str, Any]]) -> list[Point]:
    """A point for each kind, decoder and budget, in the order in which they first come.

    Raises:
        ValueError: if the answers were given to other prompts than the held-out ones.
    """
    tokenizer = load_tokenizer()
    counts: dict[str, int] = defaultdict(int)
    for answer in answers:
        counts[answer["kind"]] = max(counts[answer["kind"]], answer["index"] + 1)
    examples = {
        name: hold_out(kind_named(name), tokenizer, count, Shape.window, SEED).examples
        for name, count in counts.items()
    }
    groups: dict[tuple[str, str, float], list[dict[str, Any]]] = defaultdict(list)
    for answer in answers:
        if examples[answer["kind"]][answer["index"]].prompt != answer["prompt"]:
            raise ValueError(
                f"{answer['kind']} {answer['index']} is another prompt now: write the held-out "
                "prompts and their answers anew"
            )
        groups[answer["kind"], answer["decoder"], answer["budget"]].append(answer)
    return [_point(*key, group, examples[key[0]]) for key, group in groups.items()]


def _point(
    kind: str, decoder: str, budget: float, group: list[dict[str, Any]], examples: list[Example]
) -> Point:
    def share(check: Any) -> float:
        return sum(check(examples[one["index"]].facts, one["answer"]) for one in group) / len(group)

    def mean(field: str) -> float:
        return sum(one[field] for one in group) / len(group)

    of = kind_named(kind)
    return Point(
        kind=kind,
        decoder=decoder,
        budget=budget,
        examples=len(group),
        right=share(of.check),
        parts={name: share(check) for name, check in of.parts.items()},
        passes=mean("passes"),
        tokens=mean("tokens"),
    )


SUMMARY: dict[str, tuple[str, float]] = {
    "autoregressive": (AUTOREGRESSIVE, 1),
    "diffusion, 1 a pass": ("low-confidence", 1),
    "threshold 0.9": ("threshold", 0.9),
    "threshold 0.9 in blocks of 8": ("threshold, blocks of 8", 0.9),
}
"""What most readers ask for: a heading, a decoder and a budget each."""


def as_summary(points: list[Point]) -> str:
    """Markdown, a row a kind: right answers, and in brackets the mean passes, of few decodings."""
    by_key = {(point.kind, point.decoder, point.budget): point for point in points}
    lines = [["kind", "tokens", *SUMMARY], ["---", *["---:"] * (len(SUMMARY) + 1)]]
    for kind in dict.fromkeys(point.kind for point in points):
        of = [by_key.get((kind, *decoding)) for decoding in SUMMARY.values()]
        told = [point for point in of if point]
        if not told:
            continue
        cells = [f"{point.right:.0%} ({point.passes:.1f})" if point else "" for point in of]
        lines.append([kind, f"{told[0].tokens:.0f}", *cells])
        for name in told[0].parts:
            shares = [f"{point.parts[name]:.0%}" if point else "" for point in of]
            lines.append([f"{kind}: {name}", "", *shares])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def as_table(points: list[Point]) -> str:
    """Markdown, a table a kind: a row a decoder and budget."""
    parts = []
    for kind in dict.fromkeys(point.kind for point in points):
        of_kind = [point for point in points if point.kind == kind]
        names = list(of_kind[0].parts)
        heads = ["decoder", "budget", "prompts", "right", *names, "passes", "tokens"]
        rows = [
            [
                point.decoder,
                f"{point.budget:g}",
                f"{point.examples}",
                f"{point.right:.0%}",
                *(f"{point.parts[name]:.0%}" for name in names),
                f"{point.passes:.1f}",
                f"{point.tokens:.1f}",
            ]
            for point in of_kind
        ]
        lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        parts.append(f"## {kind}\n\n{table}\n")
    return "\n".join(parts)


def draw(points: list[Point], out: Path) -> None:
    """A panel a kind: right answers against mean passes, a line a strategy."""
    kinds = list(dict.fromkeys(point.kind for point in points))
    names = list(dict.fromkeys(p.decoder for p in points if p.decoder != AUTOREGRESSIVE))
    rows = -(-len(kinds) // 3)
    figure, axes = plt.subplots(rows, 3, figsize=(10, 2.6 * rows), sharey=True, squeeze=False)
    for place, kind in zip(axes.flat, kinds, strict=False):
        for name, colour in zip(names, COLOURS, strict=False):
            line = sorted(
                (p.passes, p.right) for p in points if (p.kind, p.decoder) == (kind, name)
            )
            if line:
                place.plot(*zip(*line, strict=True), "o-", ms=3, lw=1, color=colour, label=name)
        for point in points:
            if (point.kind, point.decoder) == (kind, AUTOREGRESSIVE):
                place.plot(point.passes, point.right, "k*", ms=9, label=AUTOREGRESSIVE)
        place.set(title=kind, xscale="log", ylim=(0, 1.02))
        place.spines[["top", "right"]].set_visible(False)
    for place in axes.flat[len(kinds) :]:
        place.set_axis_off()
    handles, labels = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=4, frameon=False)
    figure.supxlabel("forward passes", y=0.055)
    figure.supylabel("right answers")
    figure.tight_layout(rect=(0, 0.06, 1, 1))
    figure.savefig(out, metadata={"Date": None})


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
    points = mark(answers)
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
