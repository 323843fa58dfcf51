"""Rows of ids with what each sees and what it is to predict."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Rows:
    """A batch as the network takes it, [batch, length] each; row j predicts token j + 1.

    Attributes:
        ids: token ids, masked where they are to be guessed.
        positions: for rotary attention.
        visible: booleans [batch, length, length].
        targets: the ids to predict.
        weights: how much each prediction counts; 0 for most.
        causal: booleans [length]: which rows are read from left to right as AR reads them.
        real: booleans: rows that belong to an example; the others fill a batch up.
        own: booleans [batch, 1]: whose answers the original wrote itself.
    """

    ids: Tensor
    positions: Tensor
    visible: Tensor
    targets: Tensor
    weights: Tensor
    causal: Tensor
    real: Tensor
    own: Tensor

    def padded(self, length: int) -> Rows:
        """The same rows, filled up to a length by ones that see themselves and predict nothing: a
        compiled network then meets one shape.

        Raises:
            ValueError: if they are longer.
        """
        count, rows = self.ids.shape
        more = length - rows
        if more < 0:
            raise ValueError(f"{rows} rows are more than {length}: make that larger")

        def fill(of: Tensor) -> Tensor:
            return torch.nn.functional.pad(of, (0, more))

        visible = torch.nn.functional.pad(self.visible.expand(count, -1, -1), (0, more, 0, more))
        itself = torch.arange(length, device=visible.device)
        visible[:, itself, itself] = True
        return Rows(
            *map(fill, (self.ids, self.positions)),
            visible,
            *map(fill, (self.targets, self.weights, self.causal, self.real)),
            self.own,
        )


def following(values: Tensor) -> Tensor:
    """What stands one place further on, [batch, length]; zero at the end."""
    return torch.nn.functional.pad(values[:, 1:], (0, 1))
