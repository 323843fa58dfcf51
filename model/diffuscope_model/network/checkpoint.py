"""Checkpoints: written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape


def save(file: Path, network: Network, **rest: Any) -> None:
    """Writes the network and whatever else is given; a kill in between leaves the old file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half_written = file.with_suffix(".partial")
    with half_written.open("wb") as stream:
        torch.save(
            {"shape": asdict(network.shape), "network": network.state_dict(), **rest}, stream
        )
        stream.flush()
        os.fsync(stream.fileno())
    half_written.replace(file)


def load(file: Path) -> dict[str, Any]:
    """What `save` wrote, with tensors on the CPU.

    Raises:
        FileNotFoundError: if the file isn't there.
    """
    if not file.exists():
        raise FileNotFoundError(
            f"There is no checkpoint {file}: train first, with "
            "`python -m diffuscope_model.training.train`."
        )
    return torch.load(file, map_location="cpu", weights_only=True)


def network_of(checkpoint: dict[str, Any]) -> Network:
    """The checkpoint's network, ready to predict."""
    network = Network(Shape(**checkpoint["shape"]))
    network.load_state_dict(checkpoint["network"])
    return network.eval()
