"""Pairs to train on, and pairs to measure by."""

from __future__ import annotations

from open_world.pairs.pair import Pair

KEPT_APART = 1024
"""At most, and never more than a quarter."""


def split(pairs: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The pairs to train on, then the last ones, whose losses are measured."""
    apart = min(KEPT_APART, len(pairs) // 4)
    return pairs[: len(pairs) - apart], pairs[len(pairs) - apart :]
