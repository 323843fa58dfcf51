"""8 bits with one scale a row: what 4 bits are measured against."""

from __future__ import annotations

import torch

from open_world.network.llama import Llama

GREATEST = 127


@torch.no_grad()
def in_eight_bits(network: Llama) -> Llama:
    """Rounds the matrices of a network in place; returns it."""
    for weight in network.parameters():
        if weight.dim() == 2:
            scales = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / GREATEST
            weight.copy_((weight / scales).round() * scales)
    return network
