"""Attention written out, with rotary positions."""

from __future__ import annotations

import torch
from torch import Tensor

HIDDEN_BIAS = -10_000.0
"""Added to the score of what must not be seen: its weight is zero even in half precision."""


def rotary_tables(window: int, head_width: int, base: float) -> tuple[Tensor, Tensor]:
    """Cosines and sines [window, head width / 2] of rotary positions (arXiv 2104.09864)."""
    half = head_width // 2
    frequency = base ** (-torch.arange(half, dtype=torch.float64) / half)
    angle = torch.arange(window, dtype=torch.float64)[:, None] * frequency
    return angle.cos().float(), angle.sin().float()


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Rotates x [..., length, head width]; the first half of a head pairs with its second half."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cosine - second * sine, second * cosine + first * sine), dim=-1)


def attention_weights(query: Tensor, key: Tensor, bias: Tensor) -> Tensor:
    """Softmax of scaled products [batch, heads, length, length] with an additive bias."""
    scores = (query @ key.transpose(-1, -2)).float() * query.shape[-1] ** -0.5 + bias
    return scores.softmax(dim=-1)


def attend(query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
    """Attention over [batch, heads, length, head width] with an additive bias.

    Written out because on CPUs its backward pass, compiled, takes a third of the time of
    `scaled_dot_product_attention`'s at the lengths met here.
    """
    return attention_weights(query, key, bias).to(value.dtype) @ value
