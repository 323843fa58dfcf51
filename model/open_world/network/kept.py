"""Networks on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from diffuscope_model.network import checkpoint
from open_world.network.llama import Llama
from open_world.network.shape import Shape


def load_network(file: Path) -> Llama:
    """The network of a checkpoint that `checkpoint.save` wrote, ready to predict."""
    return network_in(checkpoint.load(file))


def network_in(saved: dict[str, Any]) -> Llama:
    """The network in a checkpoint."""
    network = Llama(Shape(**saved["shape"]))
    network.load_state_dict(saved["network"])
    return network.eval()


def cut(network: Llama, layers: int) -> Llama:
    """The first layers alone, for rehearsals on a processor; shares the weights."""
    network.layers = network.layers[:layers]
    network.shape = Shape(**{**vars(network.shape), "layers": layers})
    return network


def in_half(network: Llama, device: torch.device) -> Llama:
    """Moves a network, its weights in half precision, its rotation as exact as it was."""
    tables = network.cosine, network.sine
    network.to(device, torch.bfloat16)
    network.cosine, network.sine = (table.to(device) for table in tables)
    return network
