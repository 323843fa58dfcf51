"""Exact draws over the full vocabulary, for temperatures that top-k can't serve."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

_WORD = (1 << 64) - 1


class Draw(NamedTuple):
    """One token a row."""

    ids: Tensor
    """int32 [rows]."""
    logprobs: Tensor
    """float32 [rows]: at temperature 1, as confidence is read from the unperturbed softmax."""


def draw(
    logits: Tensor, temperatures: Tensor, seeds: list[int], places: list[int], suppressed: list[int]
) -> Draw:
    """Gumbel-max in float64; float32 favours the likely tokens (arXiv 2409.02908).

    Args:
        logits: [rows, vocabulary].
        temperatures: [rows]; 0 takes the likeliest.
        seeds, places: each row's seed and its position in its own sequence. Both alone decide the
            noise, so a draw does not depend on what else is in the batch, nor on padding.
        suppressed: ids that are never drawn.
    """
    exact = logits.double()
    allowed = exact.index_fill(-1, torch.tensor(suppressed, device=logits.device), -torch.inf)
    for row, (temperature, seed, place) in enumerate(
        zip(temperatures.tolist(), seeds, places, strict=True)
    ):
        if temperature > 0:
            allowed[row] += temperature * gumbel(logits.shape[-1], seed, place, logits.device)
    ids = allowed.argmax(dim=-1)
    logprobs = exact.gather(-1, ids[:, None])[:, 0] - exact.logsumexp(dim=-1)
    return Draw(ids.int(), logprobs.float())


def gumbel(size: int, seed: int, place: int, device: torch.device) -> Tensor:
    """Standard Gumbel noise, float64 [size], from a generator of this seed and position alone."""
    generator = torch.Generator(device).manual_seed(_mix(seed, place))
    uniform = torch.rand(size, dtype=torch.float64, device=device, generator=generator)
    # 0 can be drawn, 1 cannot; the logarithm of 0 would make a token certain.
    return -(-uniform.clamp(min=torch.finfo(torch.float64).tiny).log()).log()


def _mix(seed: int, place: int) -> int:
    """One 63-bit seed of two numbers, by SplitMix64: neighbours have nothing in common."""
    word = (seed * 0x9E3779B97F4A7C15 + place + 1) & _WORD
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _WORD
    return (word ^ (word >> 31)) >> 1
