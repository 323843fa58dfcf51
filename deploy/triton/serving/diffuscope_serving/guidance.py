"""Classifier-free guidance (LLaDA, arXiv 2502.09992)."""

from __future__ import annotations

from torch import Tensor


def without_prompt(ids: Tensor, uncond_mask: Tensor, mask_id: int) -> Tensor:
    """Ids [batch, length] with MASK wherever `uncond_mask` is true: what the unguided pass sees."""
    return ids.masked_fill(uncond_mask, mask_id)


def guide(conditional: Tensor, unconditional: Tensor, scale: Tensor) -> Tensor:
    """u + (s + 1)(l - u): logits [rows, vocabulary] pushed away from what needs no prompt.

    Args:
        scale: s, [rows, 1]; 0 leaves the conditional logits as they are.
    """
    return unconditional + (scale + 1) * (conditional - unconditional)
