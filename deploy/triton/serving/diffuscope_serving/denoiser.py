"""What a model must be able to do."""

from __future__ import annotations

from typing import Protocol

from torch import Tensor, device


class Denoiser(Protocol):
    """A masked diffusion model: token ids to what it says of every position.

    In two parts, so that the logits of a long batch, which can take gigabytes, need not be held at
    once.
    """

    shift: int
    """0 where row j is about token j, 1 where it is about token j + 1."""

    device: device

    def hidden(self, ids: Tensor, real: Tensor) -> Tensor:
        """Ids [batch, length] to the last hidden states [batch, length, width].

        Args:
            ids: token ids, int64.
            real: booleans [batch, length], false on padding, which nothing may look at.
        """
        ...

    def logits(self, hidden: Tensor) -> Tensor:
        """Hidden states [rows, width] to logits [rows, vocabulary]."""
        ...
