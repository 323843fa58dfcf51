"""A matrix that can be used as its 4-bit storage would have it, while it is trained."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from open_world.network.int4 import round_through


class Linear(nn.Linear):
    """x [..., in] to [..., out], without a bias.

    Attributes:
        rounded: whether the weight is rounded to 4 bits on its way, its gradient passed straight
            through (arXiv 1308.3432): so the last steps train the weights that ship.
    """

    def __init__(self, width: int, out: int) -> None:
        super().__init__(width, out, bias=False)
        self.rounded = False

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, round_through(self.weight) if self.rounded else self.weight)
