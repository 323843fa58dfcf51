"""What a network loses on pairs kept apart, by each of its three masks."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from open_world.network.llama import Llama
from open_world.training.examples import Examples
from open_world.training.losses import losses
from open_world.training.mixtures import measuring_rows


@dataclass(frozen=True)
class HeldOutLosses:
    """Means over batches, in nats a token."""

    whole: float
    blocks: float
    causal: float

    def __str__(self) -> str:
        return f"whole {self.whole:.3f} blocks {self.blocks:.3f} causal {self.causal:.3f}"


@torch.no_grad()
def held_out_losses(
    network: Llama, examples: Examples, batches: int, each: int = 12, seed: int = 5
) -> HeldOutLosses:
    """Of the same rows for the same seed, whatever the network."""
    sums = torch.zeros(3)
    for canvases, blocks in measuring_rows(examples, batches, each, seed):
        of_blocks = losses(network, blocks)
        masked = losses(network, canvases).masked
        sums += torch.stack([masked, of_blocks.masked, of_blocks.causal]).float().cpu()
    return HeldOutLosses(*(sums / batches).tolist())
