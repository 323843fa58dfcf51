"""The endless stream of training batches, which continues exactly where a checkpoint left it.

Examples are written on the spot: a draw and its encoding take a hundredth of what training on it
takes. A pool of them is sorted by length, cut into batches of alike lengths, and shuffled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

import torch
from tokenizers import Tokenizer
from torch import Tensor

from diffuscope_model.corpus.kind import Example
from diffuscope_model.vocabulary import END, PAD, encode_answer, encode_prompt

Objective = Literal["causal", "masked"]

LENGTH_STEP = 16
"""Lengths are rounded up to this, so that a compiled network meets few shapes."""
CANVASES = (24, 48, 80, 96)
"""Answer lengths that a user can choose: the masked objective must know their long tails."""
SPARE = 12
"""The most end tokens after an answer that isn't filled up to a canvas."""
CANVAS_WEIGHTS = (2, 2, 4, 1)
"""How often each canvas is drawn; the page's default is the third, whatever the prompt."""
FULL_CANVAS_SHARE = 0.3
"""Share of masked examples whose tail reaches the end of a canvas."""

PADDING, PROMPT, ANSWER, TAIL = range(4)
"""Roles of a position; the first end token belongs to the answer, the others are the tail."""


@dataclass(frozen=True)
class Batch:
    """Sequences of one objective; `ids` and `roles` are [batch, length], padded on the right."""

    objective: Objective
    ids: Tensor
    roles: Tensor


@dataclass(frozen=True)
class Item:
    """One sequence: the prompt's ids, then the answer's with `tail` further end tokens."""

    objective: Objective
    prompt: list[int]
    answer: list[int]
    tail: int

    @property
    def length(self) -> int:
        return len(self.prompt) + len(self.answer) + self.tail

    @property
    def padded(self) -> int:
        return -(-self.length // LENGTH_STEP) * LENGTH_STEP


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
    """Joins items of one objective; the length is that of the longest, rounded up."""
    length = max(item.padded for item in items)
    ids = torch.full((len(items), length), PAD)
    roles = torch.full((len(items), length), PADDING)
    for row, item in enumerate(items):
        start, stop = len(item.prompt), len(item.prompt) + len(item.answer)
        ids[row, : item.length] = torch.tensor([*item.prompt, *item.answer, *[END] * item.tail])
        roles[row, :start], roles[row, start:stop], roles[row, stop : item.length] = (
            PROMPT,
            ANSWER,
            TAIL,
        )
    return Batch(items[0].objective, ids, roles)


@dataclass
class Stream:
    """Draws batches of about `tokens` tokens; `state()` and `restore()` save and continue it.

    Attributes:
        draw: draws one training example, given a random source and the step.
        masked_share: the share of examples for the masked objective, given the step.
    """

    tokenizer: Tokenizer
    draw: Callable[[Random, int], Example]
    masked_share: Callable[[int], float]
    seed: int
    window: int
    tokens: int = 2048
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
        alike: dict[tuple[Objective, int], list[Item]] = defaultdict(list)
        for item in [*self._left_over, *(self._item(random) for _ in range(self.pool_size))]:
            if item.length <= self.window:
                alike[item.objective, item.padded].append(item)
        self._batches, self._next_left_over = [], []
        for (_, length), items in sorted(alike.items()):
            size = self.tokens // length
            full = len(items) - len(items) % size
            self._batches += [items[start : start + size] for start in range(0, full, size)]
            self._next_left_over += items[full:]
        random.shuffle(self._batches)

    def _item(self, random: Random) -> Item:
        example = self.draw(random, self._step)
        prompt = encode_prompt(self.tokenizer, example.prompt)
        answer = encode_answer(self.tokenizer, example.answer)
        if random.random() >= self.masked_share(self._step):
            return Item("causal", prompt, answer, 0)
        room = max(0, self.window - len(prompt) - len(answer))
        return Item("masked", prompt, answer, draw_tail(len(answer), room, random))
