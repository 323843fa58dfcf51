"""Batches of rows by which weights are stored and losses are measured."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from open_world.training.blocks_on_cache import blocks_on_cache
from open_world.training.examples import Examples
from open_world.training.rows import Rows
from open_world.training.whole_canvases import whole_canvases

BLOCK_SIZES = (16, 8, 32, 16)


def calibration_rows(examples: Examples, count: int, seed: int) -> list[Rows]:
    """Rows of both kinds from `count` examples: a third as canvases, the others as blocks on their
    own causal rows."""
    random = torch.Generator().manual_seed(seed)
    batches = []
    for place in range(max(1, count // 12)):
        batches.append(whole_canvases(examples.draw(4, random, alike=True), random))
        size = BLOCK_SIZES[place % len(BLOCK_SIZES)]
        batches.append(blocks_on_cache(examples.draw(8, random, alike=True), size, random))
    return batches


def measuring_rows(examples: Examples, batches: int, each: int, seed: int) -> Iterator[list[Rows]]:
    """The same rows for the same seed: canvases, and blocks of 16 with their causal rows."""
    random = torch.Generator().manual_seed(seed)
    for _ in range(batches):
        yield [
            whole_canvases(examples.draw(each, random, alike=True), random),
            blocks_on_cache(examples.draw(each, random, alike=True), 16, random),
        ]
