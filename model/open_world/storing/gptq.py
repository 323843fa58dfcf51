"""GPTQ (arXiv 2210.17323): a matrix is rounded column by column, and what a column loses is made
good by the columns still to come, as seen by the inputs that the matrix really gets."""

from __future__ import annotations

import torch
from torch import Tensor

from open_world.network.int4 import BLOCK, as_scales, codes_of, in_blocks, plain_scales, values_of

SHRINKAGES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 1.05)
"""What the plain scale of a block is tried times: a smaller one cuts the largest number off and
keeps the others better."""
DAMPING = 0.01
"""Of the mean of the Gram matrix' diagonal, added to it so that it can be inverted."""


def best_scales(blocks: Tensor, importance: Tensor) -> Tensor:
    """The scales [rows, 1] of blocks [rows, 32] that lose least, by importance [32] of columns."""
    plain = plain_scales(blocks)
    best, least = plain, torch.full_like(plain, torch.inf)
    for shrinkage in SHRINKAGES:
        scales = as_scales(plain * shrinkage)
        lost = values_of(codes_of(blocks, scales), scales) - blocks
        error = lost.square() @ importance[:, None]
        best = torch.where(error < least, scales, best)
        least = torch.minimum(error, least)
    return best


def gptq(weight: Tensor, gram: Tensor) -> tuple[Tensor, Tensor]:
    """Codes [out, in / 32, 32] as floats and scales [out, in / 32, 1] of a weight [out, in].

    Args:
        gram: [in, in], the sum of products of inputs with themselves.

    Raises:
        ValueError: if the columns don't divide into blocks.
    """
    codes = torch.empty_like(in_blocks(weight))
    scales = torch.empty_like(codes[..., :1])
    solver = _solver(gram)
    left = weight.clone()
    for block in range(codes.shape[1]):
        start = block * BLOCK
        here = left[:, start : start + BLOCK]
        within = solver[start : start + BLOCK, start : start + BLOCK]
        scale = best_scales(here, within.diagonal().square().reciprocal())
        errors = torch.empty_like(here)
        for column in range(BLOCK):
            code = codes_of(here[:, column : column + 1], scale)
            codes[:, block, column] = code[:, 0]
            lost = here[:, column] - values_of(code, scale)[:, 0]
            errors[:, column] = lost / within[column, column]
            here[:, column:] -= errors[:, column, None] * within[column, column:]
        left[:, start + BLOCK :] -= errors @ solver[start : start + BLOCK, start + BLOCK :]
        scales[:, block] = scale
    return codes, scales


def _solver(gram: Tensor) -> Tensor:
    """The upper Cholesky factor of the damped Gram matrix' inverse."""
    gram = gram.double()
    unused = gram.diagonal() == 0
    gram = gram + torch.diag(unused.double())
    gram = gram + torch.eye(len(gram)) * DAMPING * gram.diagonal().mean()
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(gram))
    return torch.linalg.cholesky(inverse, upper=True).float()
