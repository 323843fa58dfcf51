"""The sizes of a network."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """The sizes of a network; `window` is the longest sequence in tokens."""

    vocabulary: int = 5996
    width: int = 256
    layers: int = 6
    heads: int = 4
    feed_forward: int = 704
    window: int = 192
    rope_base: float = 10_000.0
    epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        return self.width // self.heads

    @property
    def key_layer(self) -> int:
        """The layer before which the pointer's keys are read: half-way, where a token still is
        what it is and not yet what comes next."""
        return self.layers // 2
