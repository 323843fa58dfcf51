"""Blocks of 32 numbers in 4 bits with one scale: the form that `MatMulNBits` reads.

A code q, 0 to 15, means (q - 8) * scale; there is no other zero point, and the sign of the number
that is largest by magnitude goes into the scale, so that this number is kept best.
"""

from __future__ import annotations

import torch
from torch import Tensor

BLOCK = 32
ZERO = 8
GREATEST = 15


def in_blocks(weight: Tensor) -> Tensor:
    """[rows, columns] as [rows, columns / 32, 32].

    Raises:
        ValueError: if the columns don't divide into blocks.
    """
    if weight.shape[1] % BLOCK:
        raise ValueError(
            f"{weight.shape[1]} columns don't divide into blocks of {BLOCK}: change the width"
        )
    return weight.unflatten(1, (-1, BLOCK))


def plain_scales(blocks: Tensor) -> Tensor:
    """Scales [..., 1] of blocks [..., 32]: the largest by magnitude becomes code 0. In half
    precision, as they are stored."""
    largest = blocks.gather(-1, blocks.abs().argmax(dim=-1, keepdim=True))
    return as_scales(largest / -ZERO)


def as_scales(scales: Tensor) -> Tensor:
    """Scales rounded as they are stored; a block of zeros keeps a scale of 1."""
    halved = scales.half().to(scales.dtype)
    return torch.where(halved == 0, torch.ones_like(halved), halved)


def codes_of(blocks: Tensor, scales: Tensor) -> Tensor:
    """The nearest codes, as floats, of blocks [..., 32] with scales [..., 1]."""
    return ((blocks / scales).round() + ZERO).clamp(0, GREATEST)


def values_of(codes: Tensor, scales: Tensor) -> Tensor:
    """What codes [..., 32] mean under scales [..., 1]."""
    return (codes - ZERO) * scales


def rounded(weight: Tensor) -> Tensor:
    """A weight [rows, columns] after plain rounding to 4 bits."""
    blocks = in_blocks(weight)
    scales = plain_scales(blocks)
    return values_of(codes_of(blocks, scales), scales).flatten(1)


def round_through(weight: Tensor) -> Tensor:
    """The rounded weight, with the gradient of the weight itself (arXiv 1308.3432)."""
    return weight + (rounded(weight.detach()) - weight.detach())
