"""The pointer: copies what stands in the sequence, whether or not training ever had it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from diffuscope_model.network.attention import attention_weights, rotate
from diffuscope_model.network.shape import Shape


class Pointer(nn.Module):
    """Attention whose values are the tokens themselves (pointer networks, arXiv 1506.03134).

    Each head points at tokens of the sequence; a gate says how much of the answer's probability
    each head has and how much the vocabulary keeps (pointer-generator, arXiv 1704.04368). So a word
    that was never seen in training is copied whole, without going through a narrow head.

    A head has two shares: for the token itself, and for the token with its leading blank put or
    taken away (`vocabulary.respaced`). In byte-level BPE a word after a blank begins with another
    token than the same word after a quotation mark or at the very start.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.key_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.query = nn.Linear(shape.width, shape.width, bias=False)
        self.key = nn.Linear(shape.width, shape.width, bias=False)
        self.gate = nn.Linear(shape.width, 2 * shape.heads + 1, bias=False)

    def forward(
        self, states: Tensor, middle: Tensor, cosine: Tensor, sine: Tensor, bias: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Log-shares [batch, length, 2] of the vocabulary and of pointing, and where it points.

        The latter is [batch, length, 2 * length], shares that sum to one a row: of each position's
        token, then of each position's token with the other spacing.
        """
        split = [*states.shape[:2], self.heads, -1]
        query = self.query(states).view(split).transpose(1, 2)
        key = self.key(self.key_norm(middle)).view(split).transpose(1, 2)
        query, key = (rotate(x, cosine, sine).to(x.dtype) for x in (query, key))
        gates = self.gate(states).float()
        both = torch.stack((gates[..., 0], gates[..., 1:].logsumexp(dim=-1)), dim=-1)
        weights = attention_weights(query, key, bias)
        shares = gates[..., 1:].softmax(dim=-1).unflatten(-1, (2, self.heads))
        pointed = torch.einsum("bhij,bish->bisj", weights, shares)
        return both.log_softmax(dim=-1), pointed.flatten(-2)
