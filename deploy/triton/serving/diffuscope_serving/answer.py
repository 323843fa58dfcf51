"""Steps of many users, joined where they have one length, and answered one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from diffuscope_serving.card import Card
from diffuscope_serving.denoiser import Denoiser
from diffuscope_serving.guidance import guide, without_prompt
from diffuscope_serving.sampling import draw
from diffuscope_serving.step import Step
from diffuscope_serving.summary import summarise, undo_shift

ROWS_AT_ONCE = 512
"""Positions whose logits are held at a time: a quarter of a gigabyte at 126,464 tokens in float32,
and some times as much for what is worked out of them."""

Answer = dict[str, NDArray]
"""Output tensors by name, each [batch, length, ...]; rows of padding are zeros."""


def answer(denoiser: Denoiser, card: Card, steps: Sequence[Step]) -> list[Answer]:
    """Answers steps in their order; those of one length share a forward pass."""
    answers: list[Answer | None] = [None] * len(steps)
    alike: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
    for place, step in enumerate(steps):
        # Guided steps cost two passes and others one, so they are not mixed.
        alike[step.ids.shape[1], step.guidance is not None].append(place)
    for places in alike.values():
        joined = _answer_joined(denoiser, card, [steps[place] for place in places])
        for place, one in zip(places, joined, strict=True):
            answers[place] = one
    return [one for one in answers if one is not None]


@torch.inference_mode()
def _answer_joined(denoiser: Denoiser, card: Card, steps: list[Step]) -> Iterator[Answer]:
    """Steps of one length."""
    device = denoiser.device
    ids = torch.from_numpy(np.concatenate([step.ids for step in steps])).to(device)
    lengths = torch.from_numpy(np.concatenate([step.lengths for step in steps])).to(device)
    batch, length = ids.shape
    real = torch.arange(length, device=device) < lengths[:, None]
    conditional, unconditional, scales = _states(denoiser, card, steps, ids, real)

    outputs = _empty(batch, length, max(step.k for step in steps))
    sequences, positions = (part.tolist() for part in real.nonzero(as_tuple=True))
    for start in range(0, len(sequences), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        sequence = torch.tensor(sequences[part], device=device)
        position = torch.tensor(positions[part], device=device)
        logits = denoiser.logits(conditional[sequence, position]).float()
        if unconditional is not None:
            other = denoiser.logits(unconditional[sequence, position]).float()
            logits = guide(logits, other, scales[sequence, None])
        summary = summarise(logits, outputs["topk_ids"].shape[2])
        to = (sequence.cpu(), position.cpu())
        outputs["topk_ids"][to] = summary.ids.cpu()
        outputs["topk_logprobs"][to] = summary.logprobs.cpu()
        outputs["entropy"][to] = summary.entropy.cpu()
        _sample(outputs, logits, steps, sequences[part], positions[part], card)

    first = 0
    for step in steps:
        rows = slice(first, first + step.ids.shape[0])
        first = rows.stop
        yield {
            name: tensor[rows, :, : step.k].numpy() if tensor.dim() == 3 else tensor[rows].numpy()
            for name, tensor in outputs.items()
            if name in step.outputs
        }


def _empty(batch: int, length: int, k: int) -> dict[str, Tensor]:
    return {
        "topk_ids": torch.zeros((batch, length, k), dtype=torch.int32),
        "topk_logprobs": torch.zeros((batch, length, k)),
        "entropy": torch.zeros((batch, length)),
        "sampled_ids": torch.zeros((batch, length), dtype=torch.int32),
        "sampled_logprob": torch.zeros((batch, length)),
    }


def _states(
    denoiser: Denoiser, card: Card, steps: list[Step], ids: Tensor, real: Tensor
) -> tuple[Tensor, Tensor | None, Tensor]:
    """Hidden states about each position, with the prompt and, where anybody asks, without it."""
    conditional = undo_shift(denoiser.hidden(ids, real), denoiser.shift)
    scales = torch.zeros(ids.shape[0], device=ids.device)
    if not any(step.guidance for step in steps):
        return conditional, None, scales
    hide = torch.zeros_like(real)
    first = 0
    for step in steps:
        rows = slice(first, first + step.ids.shape[0])
        first = rows.stop
        if step.guidance:
            scales[rows] = torch.from_numpy(step.guidance.scale).to(ids.device)
            hide[rows] = torch.from_numpy(step.guidance.uncond_mask).to(ids.device)
    bare = without_prompt(ids, hide & real, card.vocabulary.mask)
    return conditional, undo_shift(denoiser.hidden(bare, real), denoiser.shift), scales


def _sample(
    outputs: dict[str, Tensor],
    logits: Tensor,
    steps: list[Step],
    sequences: list[int],
    positions: list[int],
    card: Card,
) -> None:
    """Draws a token for every row of those steps that ask for it."""
    settings = [
        (step.sampling.temperature[row], int(step.sampling.seed[row])) if step.sampling else None
        for step in steps
        for row in range(step.ids.shape[0])
    ]
    rows = [row for row, sequence in enumerate(sequences) if settings[sequence] is not None]
    if not rows:
        return
    of = [settings[sequences[row]] for row in rows]
    places = [positions[row] for row in rows]
    temperatures = torch.tensor([float(temperature) for temperature, _ in of])
    drawn = draw(
        logits[rows],
        temperatures.to(logits.device),
        [seed for _, seed in of],
        places,
        card.vocabulary.suppressed,
    )
    to = ([sequences[row] for row in rows], places)
    outputs["sampled_ids"][to] = drawn.ids.cpu()
    outputs["sampled_logprob"][to] = drawn.logprobs.cpu()
