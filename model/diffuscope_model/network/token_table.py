"""What a token is to the network before it is seen among others."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import SIGNS, SPELLED


class TokenTable(nn.Module):
    """A vector a token: its own plus one for each letter that it begins with.

    What holds for letters, such as the order of the alphabet, needs not be learnt anew for each of
    thousands of tokens (as in character-aware models, arXiv 1508.06615). An export adds them up.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(shape.vocabulary, shape.width))
        self.letters = nn.Parameter(torch.empty(SPELLED * SIGNS, shape.width))

    def vectors(self, spelling: Tensor) -> Tensor:
        """The vectors [vocabulary, width] for a spelling [vocabulary, SPELLED]."""
        if self.letters is None:  # added already
            return self.weight
        return self.weight + F.embedding_bag(spelling, self.letters, mode="sum")
