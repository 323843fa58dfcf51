"""Muon for the matrices, AdamW for embeddings, norms and the pointer's gate."""

from __future__ import annotations

import torch

from diffuscope_model.network.network import TABLES, Network
from diffuscope_model.training.muon import Muon
from diffuscope_model.training.together import Together

MATRIX_RATE = 0.02
TABLE_RATE = 0.005
SMALL_RATE = 0.004
MATRIX_DECAY = 0.01


class Optimizers(Together):
    """Both as one."""

    def __init__(self, network: Network, half: bool) -> None:
        layers = network.layers
        single = [weight for x in layers for weight in (x.attention_out.weight, x.down.weight)]
        tables = [getattr(network, name) for name in TABLES]
        pointer = network.pointer
        small = [weight for weight in network.parameters() if weight.dim() == 1]
        small.append(pointer.gate.weight)
        matrices = Muon(
            [
                {"params": [x.query_key_value.weight for x in layers], "stacked": 3},
                {"params": [x.gate_up.weight for x in layers], "stacked": 2},
                {"params": [*single, pointer.query.weight, pointer.key.weight]},
            ],
            lr=MATRIX_RATE,
            weight_decay=MATRIX_DECAY,
            half=half,
        )
        others = torch.optim.AdamW(
            [
                {"params": [table.weight for table in tables], "lr": TABLE_RATE},
                {"params": small, "lr": SMALL_RATE},
                {"params": [table.letters for table in tables], "lr": TABLE_RATE},
            ],
            betas=(0.9, 0.98),
            weight_decay=0.0,
            fused=True,
        )
        super().__init__(matrices, others)
