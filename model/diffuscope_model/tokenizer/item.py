"""An example as the decoders meet it: ids of a prompt, of its answer, and ends up to a canvas."""

from __future__ import annotations

from dataclasses import dataclass

CANVASES = (24, 48, 80, 96)
"""Answer lengths that a user can choose: the masked objective must know their long tails."""
SPARE = 12
"""The most end tokens after an answer that isn't filled up to a canvas."""


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
