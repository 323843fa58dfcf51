"""Cross-entropies of laid-out rows, in nats a token."""

from __future__ import annotations

from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor

from open_world.network.llama import Llama
from open_world.training.rows import Rows


@dataclass(frozen=True)
class Losses:
    """Weighted means over a batch's masked and its causal rows; 0 where there are none."""

    masked: Tensor
    causal: Tensor


def losses(network: Llama, rows: Rows) -> Losses:
    """The flat mean over masks, whatever their share: it varies less than the bound of masked
    diffusion (arXiv 2406.07524) and weighs all stages of decoding alike (arXiv 2202.04200)."""
    states, _ = network.states(rows.ids, rows.positions, rows.visible)
    chosen = rows.weights > 0
    each = F.cross_entropy(network.logits(states[chosen]), rows.targets[chosen], reduction="none")
    weights = rows.weights[chosen]
    causal = rows.causal.expand_as(chosen)[chosen].to(weights.dtype)

    def mean(of: Tensor) -> Tensor:
        part = weights * of
        return (each * part).sum() / part.sum().clamp(min=1e-6)

    return Losses(masked=mean(1 - causal), causal=mean(causal))
