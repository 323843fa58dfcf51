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
from tokenizers import Tokenizer

from diffuscope_model.corpus.kind import Example
from diffuscope_model.tokenizer.item import Item
from diffuscope_model.tokenizer.vocabulary import encode_answer, encode_prompt
from diffuscope_model.training.packing import Batch, as_batch, draw_tail, pack, padded_length


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
        items.sort(key=padded_length, reverse=True)
        batches = []
        while items:
            length = padded_length(items[0])
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
