"""A text in reading: what was read from left to right is kept, and anything may be looked at."""

from __future__ import annotations

import torch
from torch import Tensor

from open_world.network.llama import Cached, Llama


class Reader:
    """One text, or several of the same length, with their cache.

    Attributes:
        length: tokens in the cache.
        passes, rows: what was computed so far, for one text; a prompt's own rows count, too.
    """

    def __init__(self, network: Llama) -> None:
        self.network = network
        self.length = self.passes = self.rows = 0
        self._past: list[Cached] | None = None

    @torch.no_grad()
    def read(self, ids: Tensor) -> Tensor:
        """Reads ids [batch, new] from left to right and keeps them; logits [batch, new, vocabulary]
        about what follows each."""
        states, self._past = self._states(ids, two_way=False)
        self.length += ids.shape[1]
        return self.network.logits(states)

    @torch.no_grad()
    def look(self, ids: Tensor) -> Tensor:
        """Logits [batch, rows, vocabulary] of ids that see what was read and each other; nothing is
        kept."""
        states, _ = self._states(ids, two_way=True)
        return self.network.logits(states)

    def forget(self, length: int) -> None:
        """Keeps the first `length` tokens only."""
        self.length = length
        if self._past:
            self._past = [(key[:, :, :length], value[:, :, :length]) for key, value in self._past]

    def _states(self, ids: Tensor, two_way: bool) -> tuple[Tensor, list[Cached]]:
        batch, new = ids.shape
        self.passes, self.rows = self.passes + 1, self.rows + new
        column = torch.arange(self.length + new)
        place = column[self.length :]
        visible = (column[None] <= place[:, None]) | torch.tensor(two_way)
        return self.network.states(
            ids, place.expand(batch, -1), visible.expand(batch, -1, -1), self._past
        )
