"""How well the network does on a few held-out examples, while it trains."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer

from diffuscope_model.measuring.decode import (
    commit_above,
    decode_autoregressive,
    decode_diffusion,
)
from diffuscope_model.measuring.held_out import HeldOut
from diffuscope_model.network.network import Network
from diffuscope_model.training.objectives import draw_masks, losses
from diffuscope_model.training.packing import collate

THRESHOLD = 0.9


@torch.no_grad()
def probe(network: Network, tokenizer: Tokenizer, held_out: HeldOut) -> dict[str, float]:
    """Both losses and the exact share of both decoders, for one kind."""
    masks = torch.Generator().manual_seed(0)
    batch = collate(held_out.items)
    autoregressive = decode_autoregressive(network, held_out.prompts, held_out.canvas)
    diffusion = decode_diffusion(
        network, held_out.prompts, held_out.canvas, commit_above(THRESHOLD)
    )
    loss = losses(network, batch, draw_masks(batch, masks))
    return {
        "causal": loss.causal.item(),
        "masked": loss.masked.item(),
        "autoregressive": held_out.right(tokenizer, autoregressive),
        "diffusion": held_out.right(tokenizer, diffusion),
        "passes": sum(answer.passes for answer in diffusion) / len(diffusion),
    }
