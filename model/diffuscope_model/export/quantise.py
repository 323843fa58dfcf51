"""8-bit weights with one scale for every 32 numbers of a row."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from diffuscope_model.network.network import Network

BLOCK = 32
ZERO = 128
"""The stored byte that means 0."""


def quantise(
    weight: NDArray[np.float32], bits: int = 8
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Weight [rows, columns] to bytes [rows, columns / 32, 32] and scales [rows, columns / 32].

    Args:
        weight: the numbers to store.
        bits: how many of a byte are used; fewer than 8 show what fewer would cost.

    Raises:
        ValueError: if the columns don't divide into blocks.
    """
    rows, columns = weight.shape
    if columns % BLOCK:
        raise ValueError(f"{columns} columns don't divide into blocks of {BLOCK}: change the width")
    blocks = weight.reshape(rows, columns // BLOCK, BLOCK)
    scales = np.abs(blocks).max(axis=2) / (2 ** (bits - 1) - 1)
    steps = np.round(blocks / np.where(scales == 0, 1, scales)[:, :, None])
    return (steps + ZERO).astype(np.uint8), scales.astype(np.float32)


def dequantise(stored: NDArray[np.uint8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """What `quantise` kept of a weight, [rows, columns]."""
    blocks = (stored.astype(np.float32) - ZERO) * scales[:, :, None]
    return blocks.reshape(stored.shape[0], -1)


def as_stored(network: Network, bits: int = 8) -> Network:
    """A copy of the network whose matrices are what is left of them after storage in blocks."""
    copy = network.with_letters_added()
    with torch.no_grad():
        for weight in copy.parameters():
            if weight.dim() == 2:
                weight.copy_(torch.from_numpy(dequantise(*quantise(weight.cpu().numpy(), bits))))
    return copy
