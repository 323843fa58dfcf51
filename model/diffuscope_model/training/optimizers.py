"""Muon for the matrices, AdamW for embeddings, norms and the pointer's gate."""

from __future__ import annotations

import torch

from diffuscope_model.network.network import TABLES, Network
from diffuscope_model.training.muon import Muon

MATRIX_RATE = 0.02
TABLE_RATE = 0.005
SMALL_RATE = 0.004
MATRIX_DECAY = 0.01


class Optimizers:
    """Both optimizers as one, with a common factor on their learning rates."""

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
        self.each = (matrices, others)
        self.rates = [[group["lr"] for group in each.param_groups] for each in self.each]

    def step(self, rate: float) -> None:
        """One step at `rate` times the full learning rates; forgets the gradients."""
        for optimizer, rates in zip(self.each, self.rates, strict=True):
            for group, full in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = full * rate
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def state_dict(self) -> list[dict]:
        return [optimizer.state_dict() for optimizer in self.each]

    def load_state_dict(self, states: list[dict]) -> None:
        for optimizer, state in zip(self.each, states, strict=True):
            optimizer.load_state_dict(state)
