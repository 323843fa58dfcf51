"""Which tokens stand before which, and which see which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

from diffuscope_model.tokenizer.vocabulary import ASSISTANT, PAD


@dataclass(frozen=True)
class Layout:
    """The arrangement of a batch of token ids.

    Attributes:
        positions: [batch, length], for rotary attention.
        before: places [2, batch, length] of the token before each and of the one before that; the
            batch's length where there is none.
        visible: booleans [batch, length, length]: whether a row sees a column.
    """

    positions: Tensor
    before: Tensor
    visible: Tensor

    def earlier(self, ids: Tensor) -> Tensor:
        """The ids [2, batch, length] that stand before each token; padding where there are none."""
        return torch.stack([F.pad(ids, (0, 1), value=PAD).gather(1, at) for at in self.before])


def layout_of(
    ids: Tensor, attention: Literal["causal", "bidirectional"], real: Tensor | None
) -> Layout:
    """The layout of plain sequences [batch, length]: a prompt, then its answer.

    The prompt is read from left to right by both decoders, so they share what they know of it.
    """
    batch, length = ids.shape
    place = torch.arange(length, device=ids.device)
    visible = (place[None, :] <= place[:, None]).expand(batch, length, length)
    if attention == "bidirectional":
        answers = (ids == ASSISTANT).cumsum(dim=1) > 0
        visible = visible | answers[:, :, None]
    if real is not None:
        # A padded row sees itself, so that its softmax has something to sum over.
        visible = visible & (
            real[:, None, :] | torch.eye(length, dtype=torch.bool, device=ids.device)
        )
    before = torch.stack([torch.where(place >= by, place - by, length) for by in (1, 2)])
    return Layout(place.expand(batch, length), before[:, None].expand(2, batch, length), visible)
