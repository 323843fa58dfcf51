"""The stream of all tensors' bytes, cut into files of one size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ALIGNMENT = 64
SHARD = 16_000_000
"""Bytes of a file: what is lost at most when a download breaks off."""


class WeightsStream:
    """Collects arrays, each at a multiple of ALIGNMENT from the stream's start."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def put(self, array: NDArray) -> dict[str, int]:
        """Appends an array; returns where it lies."""
        content = np.ascontiguousarray(array).tobytes()
        self._bytes += bytes(-len(self._bytes) % ALIGNMENT)
        place = {"offset": len(self._bytes), "bytes": len(content)}
        self._bytes += content
        return place

    def write(self, folder: Path) -> list[Path]:
        """Writes `weights-00.bin` and so on, and takes away what an earlier stream left over."""
        written = []
        for place, start in enumerate(range(0, len(self._bytes), SHARD)):
            file = folder / f"weights-{place:02}.bin"
            file.write_bytes(self._bytes[start : start + SHARD])
            written.append(file)
        for file in set(folder.glob("weights-*.bin")) - set(written):
            file.unlink()
        return written


def pack_nibbles(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Codes [..., 32] as bytes [..., 16]: the even ones in the low nibbles."""
    return codes[..., 0::2] | codes[..., 1::2] << 4


def unpack_nibbles(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What `pack_nibbles` packed."""
    return np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:-1], -1)
