"""The sizes of a network of Llama's shape."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """Sizes; the defaults are SmolLM2-135M's. Keys and values have `key_heads` heads (arXiv
    2305.13245), and the table of tokens is the head, too."""

    vocabulary: int = 49_152
    width: int = 576
    layers: int = 30
    heads: int = 9
    key_heads: int = 3
    head_width: int = 64
    feed_forward: int = 1536
    rope_base: float = 100_000.0
    epsilon: float = 1e-5
    window: int = 320

    @property
    def mixed(self) -> int:
        """Rows of the matrix that gives queries, keys and values."""
        return (self.heads + 2 * self.key_heads) * self.head_width
