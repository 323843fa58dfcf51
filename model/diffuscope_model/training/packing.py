"""How an example is packed: its prompt once, then its answer for both objectives."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor

from diffuscope_model.network.layout import Layout
from diffuscope_model.tokenizer.item import CANVASES, SPARE, Item
from diffuscope_model.tokenizer.vocabulary import END, PAD

LENGTH_STEP = 32
"""Lengths are rounded up to this, so that a compiled network meets few shapes."""
CANVAS_WEIGHTS = (2, 2, 4, 1)
"""How often each canvas is drawn; the page's default is the third, whatever the prompt."""
FULL_CANVAS_SHARE = 0.25
"""Share of examples whose tail reaches the end of a canvas."""

PADDING, PROMPT, OPENING, ANSWER, TAIL = range(5)
"""Roles of a token. The opening one ends the template; the first end token belongs to the answer,
the others are the tail."""
FROM_LEFT, FIRST_COPY, SECOND_COPY = range(1, 4)
"""Segments after the prompt's, 0: the answer for the causal objective, and twice with masks."""


@dataclass(frozen=True)
class Batch:
    """Packed examples, [batch, length] each, padded on the right.

    A prompt is computed once for three segments that see it and themselves, not each other: its
    answer from left to right, and two copies of the answer and its tail, whose masks complement
    each other.

    Attributes:
        ids: token ids, none masked.
        roles: see `PADDING` and the others.
        segments: 0 for the prompt, then `FROM_LEFT`, `FIRST_COPY`, `SECOND_COPY`; -1 for padding.
        slots: places in the answer, from 0; 0 elsewhere.
        positions: places in the sequence that the segment and its prompt make.
        before: as in `Layout`.
    """

    ids: Tensor
    roles: Tensor
    segments: Tensor
    slots: Tensor
    positions: Tensor
    before: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device."""
        return Batch(*(moved(tensor, device) for tensor in vars(self).values()))

    @property
    def layout(self) -> Layout:
        """Which token stands where and sees what."""
        row, column = self.segments[:, :, None], self.segments[:, None, :]
        leftwards = self.positions[:, None, :] <= self.positions[:, :, None]
        within = (row == column) & ((row >= FIRST_COPY) | leftwards)
        return Layout(self.positions, self.before, within | ((column == 0) & (row > 0)))


def moved(tensor: Tensor, device: torch.device) -> Tensor:
    """A tensor of the CPU on a device; nothing waits until it is there."""
    if device.type == "cuda":
        tensor = tensor.pin_memory()
    return tensor.to(device, non_blocking=True)


def padded_length(item: Item) -> int:
    """Tokens with all segments, each of which opens with the prompt's last token, rounded up."""
    packed = len(item.prompt) - 1 + 3 * (1 + len(item.answer)) + 2 * item.tail
    return -(-packed // LENGTH_STEP) * LENGTH_STEP


def draw_tail(answer: int, room: int, random: Random) -> int:
    """How many end tokens follow an answer of `answer` tokens where `room` tokens are free."""
    spare = random.randint(0, SPARE)
    if random.random() < FULL_CANVAS_SHARE:
        fitting = [size >= answer for size in CANVASES]
        if any(fitting):
            weights = [w * fits for w, fits in zip(CANVAS_WEIGHTS, fitting, strict=True)]
            spare = random.choices(CANVASES, weights)[0] - answer
    return min(spare, room)


PLANES = 7
"""What is known of each packed token: `Batch`'s fields, `before` as two."""


def pack(items: list[Item], rows: int, length: int) -> np.ndarray:
    """Examples as [planes, rows, length], in 16 bits: a fourth of a batch's size between processes.

    Rows that no item fills are padding.
    """
    packed = np.empty((PLANES, rows, length), dtype=np.int16)
    for plane, fill in zip(packed, (PAD, PADDING, -1, 0, 0, length, length), strict=True):
        plane.fill(fill)
    for row, item in enumerate(items):
        columns = np.array(_columns(item, length), dtype=np.int16)
        packed[:, row, : columns.shape[1]] = columns
    return packed


def _columns(item: Item, nothing: int) -> list[list[int]]:
    """The planes of one example; `nothing` is the place of a token that isn't there."""
    start = len(item.prompt) - 1
    places = [nothing, nothing, *range(start)]
    ids, roles, segments = item.prompt[:-1], [PROMPT] * start, [0] * start
    slots, positions = [0] * start, list(range(start))
    before, before_that = places[1:-1], places[:-2]
    for segment in (FROM_LEFT, FIRST_COPY, SECOND_COPY):
        tail = 0 if segment == FROM_LEFT else item.tail
        answer, at = len(item.answer), len(ids)
        size = 1 + answer + tail
        context = [*places[-2:], *range(at, at + size)]
        ids = [*ids, item.prompt[-1], *item.answer, *[END] * tail]
        roles += [OPENING, *[ANSWER] * answer, *[TAIL] * tail]
        segments += [segment] * size
        slots += [0, *range(size - 1)]
        positions += range(start, start + size)
        before += context[1:-1]
        before_that += context[:-2]
    return [ids, roles, segments, slots, positions, before, before_that]


def as_batch(packed: np.ndarray) -> Batch:
    """What `pack` packed, on the CPU."""
    *fields, before, before_that = torch.from_numpy(packed).long()
    return Batch(*fields, torch.stack((before, before_that)))


def collate(items: list[Item]) -> Batch:
    """Packs examples; the length is that of the longest, rounded up."""
    return as_batch(pack(items, len(items), max(map(padded_length, items))))
