"""Cross-entropies of laid-out rows, in nats a token."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from open_world.network.llama import Llama
from open_world.training.rows import Rows


@dataclass(frozen=True)
class Losses:
    """Weighted means over a batch's masked and its causal rows; 0 where there are none.

    Attributes:
        taught: of causal rows with a teacher, the cross-entropy against all that it would say
            instead of the one token that was drawn (distillation, arXiv 1503.02531).
    """

    masked: Tensor
    causal: Tensor
    taught: Tensor


def losses(network: Llama, rows: Rows, teacher: Llama | None = None) -> Losses:
    """The flat mean over masks, whatever their share: it varies less than the bound of masked
    diffusion (arXiv 2406.07524) and weighs all stages of decoding alike (arXiv 2202.04200).

    Args:
        teacher: reads the causal rows of examples that it wrote itself.
    """
    states, _ = network.states(rows.ids, rows.positions, rows.visible)
    chosen = rows.weights > 0
    logits = network.logits(states[chosen])
    each = F.cross_entropy(logits, rows.targets[chosen], reduction="none")
    weights = rows.weights[chosen]
    is_causal = rows.causal.expand_as(chosen)[chosen]
    causal = is_causal.to(weights.dtype)

    def mean(of: Tensor, part: Tensor) -> Tensor:
        part = weights * part
        return (of * part).sum() / part.sum().clamp(min=1e-6)

    taught = torch.zeros_like(each[:1]).sum()
    if teacher and rows.causal.any():
        told = told_by(teacher, rows, chosen)
        own = rows.own.expand_as(chosen)[chosen] & is_causal
        soft = F.cross_entropy(logits[is_causal], told, reduction="none")
        taught = mean(torch.zeros_like(each).masked_scatter(is_causal, soft), own.to(weights.dtype))
    return Losses(mean(each, 1 - causal), mean(each, causal), taught)


@torch.no_grad()
def told_by(teacher: Llama, rows: Rows, chosen: Tensor) -> Tensor:
    """What a teacher would say at each chosen causal row, probabilities [causal rows, vocabulary].

    Causal rows stand first and see nothing of the others.
    """
    length = int(rows.causal.sum())
    ids, positions, visible = (of[:, :length] for of in (rows.ids, rows.positions, rows.visible))
    states, _ = teacher.states(ids, positions, visible[:, :, :length])
    return teacher.logits(states[chosen[:, :length]]).softmax(dim=-1)
