"""A model whose every logit can be worked out by hand, and its card."""

from __future__ import annotations

import torch
from torch import Tensor

from diffuscope_serving.card import Card, Template, TokenizerFile, Vocabulary

SIZE = 24
MASK, END, PAD = 0, 1, 2

CARD = Card(
    name="stub",
    revision="0",
    parameters=0,
    precision="fp32",
    device="a test",
    vocabulary=Vocabulary(SIZE, MASK, END, PAD, [MASK, PAD]),
    template=Template([3], [4]),
    tokenizer=TokenizerFile("tokenizer.json", "0" * 64),
    window=32,
    buckets=[16, 32],
    topK=10,
)


class StubModel:
    """Row j is a fixed function of the ids that may be seen and of j; it counts its passes."""

    def __init__(self, shift: int = 0) -> None:
        self.shift = shift
        self.device = torch.device("cpu")
        self.passes: list[tuple[int, int]] = []

    def hidden(self, ids: Tensor, real: Tensor) -> Tensor:
        """[batch, length, 3]: the seen ids' sum, the row's own id, its place."""
        self.passes.append(tuple(ids.shape))
        total = (ids * real).sum(dim=1, keepdim=True).expand_as(ids)
        place = torch.arange(ids.shape[1]).expand_as(ids)
        return torch.stack((total, ids, place), dim=-1).double()

    def logits(self, hidden: Tensor) -> Tensor:
        """[rows, vocabulary]."""
        total, own, place = hidden.unbind(dim=-1)
        tokens = torch.arange(SIZE, dtype=torch.float64)
        phase = total[:, None] * 0.37 + own[:, None] * 1.3 + place[:, None] * 0.71
        return 3 * torch.sin(phase + tokens * tokens)
