"""The endless stream of training batches, which continues exactly where a checkpoint left it.

Examples are written on the spot: a draw and its encoding take a hundredth of what training on it
takes. A pool of them is sorted by length, cut into batches of alike lengths, and shuffled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from diffuscope_model.corpus.kind import Example
from diffuscope_model.layout import Layout
from diffuscope_model.vocabulary import END, PAD, encode_answer, encode_prompt

LENGTH_STEP = 32
"""Lengths are rounded up to this, so that a compiled network meets few shapes."""
CANVASES = (24, 48, 80, 96)
"""Answer lengths that a user can choose: the masked objective must know their long tails."""
SPARE = 12
"""The most end tokens after an answer that isn't filled up to a canvas."""
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
class Item:
    """One example: the prompt's ids, then the answer's with `tail` further end tokens."""

    prompt: list[int]
    answer: list[int]
    tail: int

    @property
    def length(self) -> int:
        """Tokens of the prompt with its longest answer: what the window must hold."""
        return len(self.prompt) + len(self.answer) + self.tail

    @property
    def packed(self) -> int:
        """Tokens with all segments, each of which opens with the prompt's last token."""
        return len(self.prompt) - 1 + 3 * (1 + len(self.answer)) + 2 * self.tail

    @property
    def padded(self) -> int:
        return -(-self.packed // LENGTH_STEP) * LENGTH_STEP


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
        return Batch(*(tensor.to(device) for tensor in vars(self).values()))

    @property
    def layout(self) -> Layout:
        """Which token stands where and sees what."""
        row, column = self.segments[:, :, None], self.segments[:, None, :]
        leftwards = self.positions[:, None, :] <= self.positions[:, :, None]
        within = (row == column) & ((row >= FIRST_COPY) | leftwards)
        return Layout(self.positions, self.before, within | ((column == 0) & (row > 0)))


def draw_tail(answer: int, room: int, random: Random) -> int:
    """How many end tokens follow an answer of `answer` tokens where `room` tokens are free."""
    spare = random.randint(0, SPARE)
    if random.random() < FULL_CANVAS_SHARE:
        fitting = [size >= answer for size in CANVASES]
        if any(fitting):
            weights = [w * fits for w, fits in zip(CANVAS_WEIGHTS, fitting, strict=True)]
            spare = random.choices(CANVASES, weights)[0] - answer
    return min(spare, room)


def collate(items: list[Item]) -> Batch:
    """Packs examples; the length is that of the longest, rounded up."""
    length = max(item.padded for item in items)
    batch = _empty_batch(len(items), length)
    for row, item in enumerate(items):
        start = len(item.prompt) - 1
        at = _place(batch, row, 0, 0, item.prompt[:-1], [PROMPT] * start, [])
        for segment in (FROM_LEFT, FIRST_COPY, SECOND_COPY):
            tail = 0 if segment == FROM_LEFT else item.tail
            tokens = [item.prompt[-1], *item.answer, *[END] * tail]
            roles = [OPENING, *[ANSWER] * len(item.answer), *[TAIL] * tail]
            at = _place(batch, row, at, segment, tokens, roles, list(range(start)))
    return batch


def _empty_batch(count: int, length: int) -> Batch:
    fills = (PAD, PADDING, -1, 0, 0)
    before = torch.full((2, count, length), length)
    return Batch(*(torch.full((count, length), fill) for fill in fills), before)


def _place(
    batch: Batch,
    row: int,
    at: int,
    segment: int,
    tokens: list[int],
    roles: list[int],
    seen: list[int],
) -> int:
    """Writes a segment that follows the places `seen`; returns the place after it."""
    end = at + len(tokens)
    batch.ids[row, at:end] = torch.tensor(tokens)
    batch.roles[row, at:end] = torch.tensor(roles)
    batch.segments[row, at:end] = segment
    batch.positions[row, at:end] = torch.arange(len(seen), len(seen) + len(tokens))
    batch.slots[row, at + 1 : end] = torch.arange(len(tokens) - 1) if segment else 0
    nothing = batch.ids.shape[1]
    context = [*[nothing, nothing, *seen][-2:], *range(at, end)]
    batch.before[0, row, at:end] = torch.tensor(context[1:-1])
    batch.before[1, row, at:end] = torch.tensor(context[:-2])
    return end


@dataclass
class Stream:
    """Draws batches of about `tokens` tokens; `state()` and `restore()` save and continue it.

    Attributes:
        draw: draws one training example, given a random source and the step.
    """

    tokenizer: Tokenizer
    draw: Callable[[Random, int], Example]
    seed: int
    window: int
    tokens: int = 3072
    pool_size: int = 4096
    _pool: int = 0
    _step: int = 0
    _position: int = 0
    _left_over: list[Item] = field(default_factory=list)
    _batches: list[list[Item]] = field(default_factory=list)
    _next_left_over: list[Item] = field(default_factory=list)

    def next(self, step: int) -> Batch:
        """The next batch; `step` decides the mixture where a new pool begins."""
        if not self._batches:
            self._step = step
            self._fill()
        elif self._position == len(self._batches):
            self._pool, self._step, self._position = self._pool + 1, step, 0
            self._left_over = self._next_left_over
            self._fill()
        self._position += 1
        return collate(self._batches[self._position - 1])

    def state(self) -> dict[str, Any]:
        """All that `restore` needs."""
        return {
            "pool": self._pool,
            "step": self._step,
            "position": self._position,
            "left_over": [vars(item) for item in self._left_over],
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Continues after the batch at which `state` was taken."""
        self._pool, self._step, self._position = state["pool"], state["step"], state["position"]
        self._left_over = [Item(**item) for item in state["left_over"]]
        if self._position:
            self._fill()

    def _fill(self) -> None:
        random = Random(f"{self.seed} {self._pool}")
        alike: dict[int, list[Item]] = defaultdict(list)
        for item in [*self._left_over, *(self._item(random) for _ in range(self.pool_size))]:
            if item.length <= self.window:
                alike[item.padded].append(item)
        self._batches, self._next_left_over = [], []
        for length, items in sorted(alike.items()):
            size = max(1, self.tokens // length)
            full = len(items) - len(items) % size
            self._batches += [items[start : start + size] for start in range(0, full, size)]
            self._next_left_over += items[full:]
        random.shuffle(self._batches)

    def _item(self, random: Random) -> Item:
        example = self.draw(random, self._step)
        prompt = encode_prompt(self.tokenizer, example.prompt)
        answer = encode_answer(self.tokenizer, example.answer)
        room = max(0, self.window - len(prompt) - len(answer))
        return Item(prompt, answer, draw_tail(len(answer), room, random))
