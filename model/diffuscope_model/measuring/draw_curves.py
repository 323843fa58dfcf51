"""Draws right answers against forward passes."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot as plt

from diffuscope_model.measuring.marks import AUTOREGRESSIVE, Point

COLOURS = ("#0b6196", "#b6430f", "#3f7d20", "#7b3fa0", "#a07400", "#5a6470")


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
