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
    """

    ids: Tensor
    positions: Tensor
    visible: Tensor
    targets: Tensor
    weights: Tensor
    causal: Tensor
    real: Tensor


def following(values: Tensor) -> Tensor:
    """What stands one place further on, [batch, length]; zero at the end."""
    return torch.nn.functional.pad(values[:, 1:], (0, 1))
