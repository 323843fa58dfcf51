"""Marks as Markdown, whoever decoded."""

from __future__ import annotations

from diffuscope_model.measuring.marks import AUTOREGRESSIVE, Point

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
