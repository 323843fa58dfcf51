"""What moves the weights: AdamW as the first weights had it, or Muon for the matrices."""

from __future__ import annotations

from typing import Literal

import torch

from diffuscope_model.training.muon import Muon
from diffuscope_model.training.together import Together
from open_world.network.llama import Llama

Name = Literal["adamw", "muon"]
RATES: dict[Name, float] = {"adamw": 6e-4, "muon": 0.01}
"""Full learning rates; AdamW's is what the first weights were trained with."""
DECAY = 0.02
BETAS = (0.9, 0.95)


def optimizers_of(network: Llama, name: Name, rate: float, half: bool) -> Together:
    """The optimizers of all weights.

    Args:
        rate: the matrices' full learning rate; with Muon tables and norms have AdamW's.
        half: whether Muon's products are in half precision.
    """
    matrices = [matrix.weight for layer in network.all_layers() for matrix in layer.matrices]
    norms = [weight for weight in network.parameters() if weight.dim() == 1]
    fused = network.token.is_cuda
    others = [
        {"params": [network.token], "weight_decay": DECAY},
        {"params": norms, "weight_decay": 0.0},
    ]
    if name == "adamw":
        groups = [{"params": matrices, "weight_decay": DECAY}, *others]
        return Together(torch.optim.AdamW(groups, lr=rate, betas=BETAS, fused=fused))
    shape, layers = network.shape, [*network.all_layers()]
    # A group of queries shares a head of keys, and is as large as all keys: the same way to cut.
    mixed = shape.mixed // (shape.key_heads * shape.head_width)
    muon = Muon(
        [
            {"params": [x.query_key_value.weight for x in layers], "stacked": mixed},
            {"params": [x.gate_up.weight for x in layers], "stacked": 2},
            {"params": [m.weight for x in layers for m in (x.attention_out, x.down)]},
        ],
        lr=rate,
        weight_decay=DECAY,
        half=half,
    )
    rest = torch.optim.AdamW(others, lr=RATES["adamw"], betas=BETAS, fused=fused)
    return Together(muon, rest)
