"""Scales fitted to codes that are fixed: what a matrix gives is linear in them."""

from __future__ import annotations

import torch
from torch import Tensor

from open_world.network.int4 import BLOCK, ZERO, as_scales

DAMPING = 0.01
ROWS_AT_ONCE = 512
"""Matrices of a vocabulary's size are fitted in parts."""


def fitted_scales(codes: Tensor, scales: Tensor, weight: Tensor, gram: Tensor) -> Tensor:
    """The scales [rows, blocks, 1] by which a matrix' outputs are nearest to the weight's own.

    Each row is a least-squares problem of its own with one unknown a block. A scale whose best
    value would turn its sign or grow past twice its size stays as it was.

    Args:
        codes: [rows, blocks, 32] as floats.
        scales: where to start from, [rows, blocks, 1].
        weight: [rows, columns], what is to be met.
        gram: [columns, columns] of the inputs.
    """
    gram = gram / gram.diagonal().mean()
    gram = gram + DAMPING * torch.eye(len(gram))
    blocks = codes.shape[1]
    cut = gram.view(blocks, BLOCK, blocks, BLOCK)
    fitted = []
    for start in range(0, len(codes), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        steps = codes[part] - ZERO
        seen = torch.einsum("rbi,bicj->rbcj", steps, cut)
        normal = torch.einsum("rbcj,rcj->rbc", seen, steps).double()
        wanted = torch.einsum("rbcj,rcj->rb", seen, weight[part].view(-1, blocks, BLOCK)).double()
        # A block whose codes are all 0 has any scale.
        empty = torch.diag_embed((normal.diagonal(dim1=1, dim2=2) == 0).double())
        fitted.append(torch.linalg.solve(normal + empty, wanted).to(scales.dtype))
    best = torch.cat(fitted)[..., None]
    ratio = best / scales
    return as_scales(torch.where((ratio > 0.5) & (ratio < 2), best, scales))
