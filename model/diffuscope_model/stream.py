"""The endless stream of training batches, which continues exactly where a checkpoint left it.

Examples are written on the spot. A pool of them is sorted by length, cut into batches of alike
lengths, and shuffled. On a CPU a draw and its encoding take a hundredth of what training on it
takes; a GPU is fed by processes of their own, which write the pools that come next.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
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
    return as_batch(pack(items, len(items), max(item.padded for item in items)))


@dataclass(frozen=True)
class Pool:
    """How a pool of examples is written: the same number and step give the same batches.

    Attributes:
        draw: draws one training example, given a random source and the step.
        tokens: about how many a batch has.
        size: how many examples a pool has.
    """

    tokenizer: Tokenizer
    draw: Callable[[Random, int], Example]
    seed: int
    window: int
    tokens: int = 3072
    size: int = 4096

    def write(self, number: int, step: int) -> list[np.ndarray]:
        """The packed batches of a pool, shuffled; all of its examples that fit the window."""
        random = Random(f"{self.seed} {number}")
        items = [self._item(random, step) for _ in range(self.size)]
        items = [item for item in items if item.length <= self.window]
        # From the longest down, so that a batch's shape follows from its length alone.
        items.sort(key=lambda item: item.padded, reverse=True)
        batches = []
        while items:
            length = items[0].padded
            rows = max(1, self.tokens // length)
            batches.append(pack(items[:rows], rows, length))
            items = items[rows:]
        random.shuffle(batches)
        return batches

    def _item(self, random: Random, step: int) -> Item:
        example = self.draw(random, step)
        prompt = encode_prompt(self.tokenizer, example.prompt)
        answer = encode_answer(self.tokenizer, example.answer)
        room = max(0, self.window - len(prompt) - len(answer))
        return Item(prompt, answer, draw_tail(len(answer), room, random))


_of_this_process: Pool


def _begin(pool: Pool) -> None:
    global _of_this_process
    _of_this_process = pool


def _write(number: int, step: int) -> list[np.ndarray]:
    return _of_this_process.write(number, step)


@dataclass
class Stream:
    """The batches of one pool after the other; `state()` and `restore()` save and continue it.

    Attributes:
        pool: how a pool is written.
        workers: how many processes write pools ahead; with none a pool is written when it begins.
            Their number decides at which step a pool was begun, so a run goes on with as many.
    """

    pool: Pool
    workers: int = 0
    _number: int = 0
    _position: int = 0
    _steps: deque[int] = field(default_factory=deque)
    _batches: list[np.ndarray] = field(default_factory=list)
    _ahead: deque[Future[list[np.ndarray]]] = field(default_factory=deque)
    _processes: ProcessPoolExecutor | None = None

    def next(self, step: int) -> Batch:
        """The next batch, on the CPU; `step` decides the mixture of the pools begun now."""
        if self._batches and self._position == len(self._batches):
            self._number, self._position = self._number + 1, 0
            self._steps.popleft()
            self._batches = []
        if not self._batches:
            while len(self._steps) <= self.workers:
                self._steps.append(step)
            self._batches = self._take()
        self._position += 1
        return as_batch(self._batches[self._position - 1])

    def _take(self) -> list[np.ndarray]:
        """The batches of the current pool; those after it are begun."""
        if not self.workers:
            return self.pool.write(self._number, self._steps[0])
        if not self._processes:
            self._processes = ProcessPoolExecutor(
                self.workers,
                # Never a fork: this process has threads, and perhaps a GPU.
                multiprocessing.get_context("spawn"),
                _begin,
                (self.pool,),
            )
        while len(self._ahead) < len(self._steps):
            number = self._number + len(self._ahead)
            self._ahead.append(
                self._processes.submit(_write, number, self._steps[len(self._ahead)])
            )
        return self._ahead.popleft().result()

    def close(self) -> None:
        """Ends the processes that write pools."""
        if self._processes:
            self._processes.shutdown(cancel_futures=True)

    def state(self) -> dict[str, Any]:
        """All that `restore` needs."""
        return {"number": self._number, "steps": [*self._steps], "position": self._position}

    def restore(self, state: dict[str, Any]) -> None:
        """Continues after the batch at which `state` was taken."""
        self._number, self._position = state["number"], state["position"]
        self._steps = deque(state["steps"])
        if self._position:
            self._batches = self._take()
