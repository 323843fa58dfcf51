"""Reference decoders, batched: what the app does with the same network, in PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from diffuscope_model.network.network import Network
from diffuscope_model.tokenizer.vocabulary import END, MASK, NEVER_PREDICTED, PAD

END_FLOOR = 0.99
"""A tail of guessed ends at least this probable is committed free of the quota."""


@dataclass(frozen=True)
class Decoded:
    """An answer's ids, its tail of end tokens included, and the forward passes it took."""

    ids: list[int]
    passes: int


Choose = Callable[[Tensor], Tensor]
"""From sureness [batch, length], 0 where nothing may be committed, to what is committed, booleans
of that shape. At least one position a row where any may be."""


def commit_surest(count: int) -> Choose:
    """Low-confidence remasking (LLaDA, arXiv 2502.09992): the `count` surest positions a pass."""

    def choose(sureness: Tensor) -> Tensor:
        # A stable sort sends ties to the lower position.
        order = sureness.argsort(dim=1, descending=True, stable=True)[:, :count]
        return torch.zeros_like(sureness, dtype=torch.bool).scatter(1, order, True) & (sureness > 0)

    return choose


def commit_above(threshold: float) -> Choose:
    """Threshold decoding (Fast-dLLM, arXiv 2505.22618): all that are as sure, at least one."""
    surest = commit_surest(1)
    return lambda sureness: ((sureness >= threshold) & (sureness > 0)) | surest(sureness)


def ends_allowed(ids: Tensor, canvas: Tensor) -> Tensor:
    """Where an end token may stand: not first in the canvas, nor left of committed content."""
    content = canvas & (ids != MASK) & (ids != END)
    content_from_here = content.flip(1).cumsum(dim=1).flip(1) > 0
    first = canvas & (canvas.cumsum(dim=1) == 1)
    return ~content_from_here & ~first


def guess(logits: Tensor, end_allowed: Tensor) -> tuple[Tensor, Tensor]:
    """The likeliest token that may stand at each row, and its probability among all tokens.

    Args:
        logits: [..., vocabulary].
        end_allowed: booleans [...].
    """
    allowed = logits.index_fill(-1, torch.tensor(NEVER_PREDICTED, device=logits.device), -torch.inf)
    allowed[..., END] = allowed[..., END].where(end_allowed, -torch.inf)
    best, ids = allowed.max(dim=-1)
    return ids, (best - logits.logsumexp(dim=-1)).exp()


def sureness_by_end_rule(
    ids: Tensor, canvas: Tensor, guesses: Tensor, confidence: Tensor
) -> tuple[Tensor, Tensor]:
    """How sure each masked position is, and the sure tail that is committed free of any quota.

    End tokens go from the right edge of the canvas inwards: a guessed end may be committed when
    all right of it are ends, too, committed or guessed, and never before those: it counts as no
    surer than the least sure of them. Otherwise an early end would cut off what is still masked.

    Args:
        ids, canvas, guesses, confidence: [batch, length]; `canvas` is true on the answer.

    Returns:
        Sureness [batch, length], 0 where nothing may be committed, and booleans of that shape.
    """
    masked = canvas & (ids == MASK)
    guessed_end = masked & (guesses == END)
    end_like = guessed_end | (ids == END) | ~canvas
    closed = end_like.flip(1).long().cumprod(dim=1).flip(1).bool()
    of_ends = torch.where(guessed_end, confidence, 1.0)
    least = of_ends.flip(1).cummin(dim=1).values.flip(1)
    # Among ends that are equally sure the right one comes first.
    inwards = 1 - 1e-6 * torch.arange(ids.shape[1], device=ids.device).flip(0)
    sureness = torch.where(guessed_end, least * closed * inwards, confidence) * masked
    return sureness, guessed_end & closed & (least >= END_FLOOR)


@torch.no_grad()
def decode_diffusion(
    network: Network, prompts: list[list[int]], canvas: int, choose: Choose
) -> list[Decoded]:
    """Fills a canvas of `canvas` masks after each prompt."""
    ids, region = _lay_out(prompts, canvas, network.token.weight.device)
    rows = torch.arange(len(ids), device=ids.device)[:, None]
    places = region.long().argmax(dim=1)[:, None] + torch.arange(canvas, device=ids.device)
    real, whole = ids != PAD, torch.ones_like(places, dtype=torch.bool)
    passes = torch.zeros(len(prompts), dtype=torch.long, device=ids.device)
    while (is_open := (ids[rows, places] == MASK).any(dim=1).nonzero()[:, 0]).numel():
        answers, inside = ids[rows, places][is_open], whole[is_open]
        before = places[is_open] - 1
        logits = network(ids[is_open], "bidirectional", real[is_open], before).float()
        guesses, confidence = guess(logits, ends_allowed(answers, inside))
        sureness, tail = sureness_by_end_rule(answers, inside, guesses, confidence)
        commit = tail | choose(sureness.where(~tail, 0.0))
        ids[is_open[:, None], places[is_open]] = torch.where(commit, guesses, answers)
        passes[is_open] += 1
    return [
        Decoded(row[inside].tolist(), count)
        for row, inside, count in zip(ids, region, passes.tolist(), strict=True)
    ]


@torch.no_grad()
def decode_autoregressive(network: Network, prompts: list[list[int]], canvas: int) -> list[Decoded]:
    """Greedy, token by token, up to `canvas` tokens; every pass computes the whole sequence."""
    device = network.token.weight.device
    ids, region = _lay_out(prompts, canvas, device)
    start = region.long().argmax(dim=1)
    is_open = torch.ones(len(prompts), dtype=torch.bool, device=device)
    passes = torch.zeros_like(start)
    for step in range(canvas):
        rows = is_open.nonzero()[:, 0]
        if not rows.numel():
            break
        place = start[rows] + step
        seen = ids[rows, : int(place.max())]
        last = network(seen, "causal", rows=place[:, None] - 1)[:, 0].float()
        chosen, _ = guess(last, torch.full_like(place, step > 0, dtype=torch.bool))
        ids[rows, place] = chosen
        passes[rows] += 1
        is_open[rows] = chosen != END
    return [
        Decoded(row[at : at + count].tolist(), count)
        for row, at, count in zip(ids, start.tolist(), passes.tolist(), strict=True)
    ]


def _lay_out(prompts: list[list[int]], canvas: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Ids of prompts and masks, padded on the right, and which positions are the canvas."""
    ids = torch.full((len(prompts), max(map(len, prompts)) + canvas), PAD, device=device)
    for row, prompt in enumerate(prompts):
        ids[row, : len(prompt)] = torch.tensor(prompt, device=device)
        ids[row, len(prompt) : len(prompt) + canvas] = MASK
    return ids, ids == MASK
