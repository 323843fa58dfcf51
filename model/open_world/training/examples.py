"""Examples as ids in their template, ready to be laid out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Generator, Tensor

from open_world.pairs.pair import Pair
from open_world.tokens import END, Template

LONGEST = 160
"""Tokens of the template, the prompt, the answer and its end; longer examples are left out."""
LONGEST_ANSWER = 112
"""Tokens of an answer at most, likewise."""
LENGTH_STEP = 32
"""A batch's length is rounded up to this, so that a compiled network meets few shapes."""


@dataclass(frozen=True)
class Batch:
    """Examples of one length, padded with ends.

    Attributes:
        ids: [examples, length].
        prompt: where each answer begins, [examples].
        answer: tokens of each answer without its end, [examples].
        own: whether the original wrote the answer itself, booleans [examples].
    """

    ids: Tensor
    prompt: Tensor
    answer: Tensor
    own: Tensor

    @property
    def place(self) -> Tensor:
        """[1, length]: 0, 1, 2 …"""
        return torch.arange(self.ids.shape[1], device=self.ids.device)[None]

    def lengthened(self, length: int) -> Batch:
        """The same with ends up to a length."""
        more = max(0, length - self.ids.shape[1])
        return Batch(
            torch.nn.functional.pad(self.ids, (0, more), value=END),
            self.prompt,
            self.answer,
            self.own,
        )


class Examples:
    """All examples on one device, by length: a batch is made of ones that are alike."""

    def __init__(self, pairs: Iterable[Pair], template: Template, device: torch.device) -> None:
        before, after = (np.array(ids) for ids in (template.before, template.after))
        rows: list[tuple[np.ndarray, int, int, bool]] = []
        for pair in pairs:
            prompt = len(before) + len(pair.prompt) + len(after)
            if prompt + len(pair.answer) < LONGEST and len(pair.answer) <= LONGEST_ANSWER:
                row = np.concatenate([before, pair.prompt, after, pair.answer])
                rows.append((row.astype(np.int32), prompt, len(pair.answer), pair.own))
        if not rows:
            raise ValueError("no pair is short enough to be an example: write some first")
        rows.sort(key=lambda row: len(row[0]))
        ids = np.full((len(rows), LONGEST), END, np.int32)
        for place, (row, *_) in enumerate(rows):
            ids[place, : len(row)] = row
        self._ids = torch.from_numpy(ids).to(device)
        self._prompt, self._answer, self._own = (
            torch.tensor(column, device=device) for column in [*zip(*rows, strict=True)][1:]
        )

    def __len__(self) -> int:
        return len(self._ids)

    def draw(self, count: int, random: Generator, alike: bool) -> Batch:
        """Draws examples: neighbours by length, cut after the longest, or any in full length.

        A processor wants the former, which wastes least; a compiled network on a GPU the latter,
        which always has one shape.
        """
        if not alike:
            at = torch.randint(len(self), (count,), generator=random, device=random.device)
            return self._batch(at.to(self._ids.device), LONGEST)
        first = int(torch.randint(len(self), (1,), generator=random, device=random.device))
        first = max(0, min(first - count // 2, len(self) - count))
        at = torch.arange(first, min(first + count, len(self)), device=self._ids.device)
        longest = int((self._prompt[at] + self._answer[at]).max()) + 1
        return self._batch(at, min(LONGEST, -(-longest // LENGTH_STEP) * LENGTH_STEP))

    def _batch(self, at: Tensor, length: int) -> Batch:
        return Batch(
            self._ids[at, :length].long(), self._prompt[at], self._answer[at], self._own[at]
        )
