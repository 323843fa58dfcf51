"""What parallel commits cost: points of every strategy and budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypedDict

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot as plt

COLOURS = ("#0b6196", "#b6430f", "#3f7d20", "#7b3fa0", "#a07400", "#5a6470", "#c2185b", "#00796b")


class CurvePoint(TypedDict):
    """One way at one budget; `surprise`, `passes`, `rows` and `milliseconds` are for a token, and
    the latter two are null where nobody measured them. The others are shares of answers."""

    decoder: str
    budget: float
    prompts: int
    tokens: float
    surprise: float
    passes: float
    rows: float | None
    milliseconds: float | None
    loops: float
    repeated: float
    doubled: float
    empty: float


def points_of(judged: Sequence[dict[str, Any]]) -> list[CurvePoint]:
    """A point for each decoder and budget, in the order in which they first come."""
    groups: dict[tuple[str, float], list[dict[str, Any]]] = defaultdict(list)
    for line in judged:
        groups[line["decoder"], line["budget"]].append(line)
    points = []
    for (decoder, budget), group in groups.items():
        count, tokens = len(group), max(1, sum(line["tokens"] for line in group))

        def a_token(field: str, group: list = group, tokens: int = tokens) -> float | None:
            known = [line[field] for line in group if field in line]
            return sum(known) / tokens if len(known) == len(group) else None

        def share(field: str, group: list = group, count: int = count) -> float:
            return sum(line[field] for line in group) / count

        points.append(
            CurvePoint(
                decoder=decoder,
                budget=budget,
                prompts=count,
                tokens=tokens / count,
                surprise=a_token("surprise") or 0.0,
                passes=a_token("passes") or 0.0,
                rows=a_token("rows"),
                milliseconds=a_token("milliseconds"),
                loops=share("loops"),
                repeated=share("repeated"),
                doubled=share("doubled"),
                empty=sum(not line["answer"].strip() for line in group) / count,
            )
        )
    return points


def as_curve_table(points: Sequence[CurvePoint]) -> str:
    """Markdown, a row a point; what nobody measured is left empty."""
    heads = [
        *("decoder", "budget", "prompts", "tokens", "nats a token", "passes a token"),
        *("rows a token", "ms a token", "looping", "runs repeated", "doubled", "empty"),
    ]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for point in points:
        measured = [point["rows"], point["milliseconds"]]
        lines.append(
            [
                point["decoder"],
                f"{point['budget']:g}",
                f"{point['prompts']}",
                f"{point['tokens']:.1f}",
                f"{point['surprise']:.2f}",
                f"{point['passes']:.2f}",
                *("" if value is None else f"{value:.1f}" for value in measured),
                *(f"{point[field]:.0%}" for field in ("loops", "repeated", "doubled", "empty")),
            ]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def draw(points: Sequence[CurvePoint], out: Path) -> None:
    """Nats, loops and doubled words against passes a token, a line a decoder."""
    figure, axes = plt.subplots(1, 3, figsize=(12, 4), layout="constrained")
    titles = {"surprise": "nats a token", "loops": "looping", "doubled": "doubled words or marks"}
    for place, (field, title) in zip(axes, titles.items(), strict=True):
        names = list(dict.fromkeys(point["decoder"] for point in points))
        for name, colour in zip(names, COLOURS, strict=False):
            line = sorted((p["passes"], p[field]) for p in points if p["decoder"] == name)
            place.plot(*zip(*line, strict=True), "o-", ms=3, lw=1, color=colour, label=name)
        place.set(title=title, xlabel="passes a token")
        place.spines[["top", "right"]].set_visible(False)
    axes[0].legend(frameon=False, fontsize="small")
    figure.savefig(out, metadata={"Date": None})
