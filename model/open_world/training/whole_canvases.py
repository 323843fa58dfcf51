"""Masked diffusion over whole canvases (LLaDA, arXiv 2502.09992), with row j predicting j + 1."""

from __future__ import annotations

import torch
from torch import Generator, Tensor

from open_world.tokens import MASK
from open_world.training.examples import LONGEST, Batch
from open_world.training.rows import Rows, following

ROOM_STEP = 8
SPARE = 48
"""The most ends that follow an answer in its canvas, so that long tails are known."""
CUT_SHARE = 0.25
"""The share of canvases that end before their answer does. Where every canvas holds a whole answer,
a network learns that one must end in it, and ends too early."""
TAIL_WEIGHT = 0.1
"""Of a prediction behind an answer's end: easy, and not to drown the answer."""
LEANING_SHARE, LEAN = 0.4, 16.0
"""The share of examples whose left end is known rather than their right one, as in most of
decoding, and by how much at most. Where the answer ends has no say in it."""
GAPS_SHARE, GAP = 0.25, 6.0
"""The share of examples whose masks stand in runs, as the holes of a text do that is to be filled
from both its sides, and how long a run is on average where half is masked."""


def whole_canvases(batch: Batch, random: Generator) -> Rows:
    """Two rows for each example, [2 * examples, length]: a mask, and its complement.

    A prompt is read from left to right; its last row and the canvas see everything.
    """
    rooms = draw_rooms(batch, random)
    length = int((batch.prompt + rooms).max())
    batch = batch.lengthened(length)
    ids, place = batch.ids[:, :length], torch.arange(length, device=batch.ids.device)[None]
    end = (batch.prompt + rooms)[:, None]
    inside = (place >= batch.prompt[:, None]) & (place < end)
    masked = torch.cat(draw_masks(inside, random))
    ids, end = (torch.cat([each, each]) for each in (ids, end))
    prompt, answer = (torch.cat([x, x])[:, None] for x in (batch.prompt, batch.answer))
    both_ways = (place >= prompt - 1)[:, :, None] & (place < end)[:, None, :]
    weights = masked * torch.where(place <= prompt + answer, 1.0, TAIL_WEIGHT)
    return Rows(
        ids=torch.where(masked, MASK, ids),
        positions=place.expand(len(ids), -1),
        visible=(place[:, None] <= place[:, :, None]) | both_ways,
        targets=following(ids),
        weights=following(weights),
        causal=torch.zeros(length, dtype=torch.bool, device=ids.device),
        real=place < end,
        own=torch.cat([batch.own, batch.own])[:, None],
    )


def draw_rooms(batch: Batch, random: Generator) -> Tensor:
    """How many places each canvas has, [examples]: no row gets longer than the longest example."""
    device = batch.ids.device

    def draw() -> Tensor:
        return torch.rand(len(batch.ids), generator=random, device=random.device).to(device)

    whole = batch.answer + 1 + (draw() * (SPARE + 1)).long()
    shorter = 1 + (draw() * batch.answer).long()
    room = torch.where(draw() < CUT_SHARE, shorter, whole)
    return (-(-room // ROOM_STEP) * ROOM_STEP).minimum(LONGEST - batch.prompt)


def draw_masks(inside: Tensor, random: Generator) -> tuple[Tensor, Tensor]:
    """Two masks for each canvas, booleans as `inside`: a share t of it, and a share 1 - t.

    t is uniform, one draw in each of as many strata as there are examples. The second masks what
    the first does not, except where masks lean: they do so in both. In some examples neighbours
    are masked together.
    """
    count, length = inside.shape

    def draw(*size: int) -> Tensor:
        return torch.rand(*size, generator=random, device=random.device).to(inside.device)

    size = inside.sum(dim=1, keepdim=True)
    slot = inside.cumsum(dim=1) - 1
    kind = draw(count, 1)
    leaning = kind < LEANING_SHARE
    in_runs = (kind >= LEANING_SHARE) & (kind < LEANING_SHARE + GAPS_SHARE)
    lean = torch.where(leaning, LEAN ** draw(count, 1), 0.0)

    def rank() -> Tensor:
        each = draw(count, length)
        run = (draw(count, length) < 2 / GAP).long().cumsum(dim=1).clamp(max=length - 1)
        # Within a run the order is open, so that the share of masks stays what was drawn.
        of_runs = each.gather(1, run) + draw(count, length) / length**2
        late = torch.where(in_runs, of_runs, each) + lean * slot / size
        return late.masked_fill(~inside, torch.inf).argsort(dim=1).argsort(dim=1)

    strata = draw(count).argsort()[:, None]
    share = (strata + draw(count, 1)) / count
    known = ((1 - share) * size).ceil()
    order = rank()
    first = order >= known
    second = torch.where(leaning, rank() >= size - known, order < known)
    return first & inside, second & inside
