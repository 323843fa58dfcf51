"""Requests as a server hands them over."""

from __future__ import annotations

from typing import Any

import numpy as np

from diffuscope_serving.card import Card
from diffuscope_serving.step import Step, read_step
from stub_model import CARD, PAD


def tensors(sequences: list[list[int]], length: int, **more: Any) -> dict[str, Any]:
    """Sequences padded to `length`, with further inputs by name."""
    ids = np.full((len(sequences), length), PAD, np.int64)
    mask = np.zeros((len(sequences), length), np.int64)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    return {"input_ids": ids, "attention_mask": mask, **more}


def column(*values: Any, dtype: type = np.float32) -> np.ndarray:
    """[batch, 1]."""
    return np.array(values, dtype)[:, None]


def step(
    sequences: list[list[int]],
    length: int = 16,
    outputs: tuple[str, ...] = (),
    card: Card = CARD,
    **more: Any,
) -> Step:
    """A checked request."""
    return read_step(tensors(sequences, length, **more).get, list(outputs), card)
