"""Draws a training log: both losses over the examples seen, and exact answers at every probe.

`python -m diffuscope_model.training.plot_log --log runs/next/log.jsonl --out runs/next/log.svg`
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot as plt

OBJECTIVES = {"causal": "#0b6196", "masked": "#b6430f"}
DECODERS = {"autoregressive": "#0b6196", "diffusion": "#b6430f"}


def read_log(file: Path) -> tuple[list[dict[str, Any]], dict[int, list[dict[str, Any]]]]:
    """The reports in their order, and the probes' lines by step."""
    reports: list[dict[str, Any]] = []
    probes: dict[int, list[dict[str, Any]]] = {}
    for line in map(json.loads, file.read_text("utf-8").splitlines()):
        if "kind" in line:
            probes.setdefault(line["step"], []).append(line)
        elif "causal" in line:
            reports.append(line)
    return reports, probes


def draw(log: Path, out: Path) -> None:
    """Writes the picture."""
    reports, probes = read_log(log)
    seen = {report["step"]: report["sequences"] for report in reports}
    figure, (losses, exact) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    examples = [report["sequences"] for report in reports]
    for name, colour in OBJECTIVES.items():
        losses.plot(examples, [report[name] for report in reports], color=colour, label=name)
    losses.set(xlabel="examples", ylabel="nats a token", yscale="log", title="training loss")
    for name, colour in DECODERS.items():
        places = [seen.get(step, 0) for step in probes]
        for lines in zip(*probes.values(), strict=True):
            exact.plot(places, [line[name] for line in lines], color=colour, alpha=0.25, lw=0.8)
        means = [sum(line[name] for line in lines) / len(lines) for lines in probes.values()]
        exact.plot(places, means, "o-", color=colour, label=f"{name}, mean")
    exact.set(xlabel="examples", ylim=(0, 1), title="exact answers by kind, held out")
    for axes in (losses, exact):
        axes.legend(frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(out, metadata={"Date": None})


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, required=True, help="log.jsonl of a training run")
    parser.add_argument("--out", type=Path, required=True, help="picture to write")
    options = parser.parse_args()
    draw(options.log, options.out)


if __name__ == "__main__":
    main()
