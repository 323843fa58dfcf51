"""Blocks of masks on the cache that AR has: a third mask beside causal rows and whole canvases.

What stands before a block is read from left to right, as AR reads it, and the block's rows see it
and each other and nothing behind (block diffusion, arXiv 2503.09573; on a causal cache, arXiv
2509.26328). So a decoder's pass costs a block's rows and not the window's, and an answer that goes
on behind the block is met all the time.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor

from open_world.tokens import MASK
from open_world.training.examples import LONGEST, Batch
from open_world.training.rows import Rows, following

SHIFTED_SHARE = 0.5
"""The share of examples whose first block begins behind the answer's beginning."""
DRAFT_SHARE = 0.3
"""The share of blocks that are masked whole, as a draft begins; others at a share of their own."""
LONGEST_DOUBLED = LONGEST + 136
"""Rows of the longest example and all its blocks, whatever their size."""
TAIL_WEIGHT = 0.2
"""Of a prediction behind an answer's end, beside one of its own tokens."""


def blocks_on_cache(batch: Batch, size: int, random: Generator) -> Rows:
    """One doubled row for each example (arXiv 2503.09573): first the example as it is, from left to
    right, then all its blocks of `size` masks, each opened by the token before it.

    Returns:
        Rows of the example's length + blocks * (size + 1).
    """
    device = batch.ids.device

    def draw(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=random, device=random.device).to(device)

    count = len(batch.ids)
    blocks = -(-int(batch.answer.max() + 1) // size)
    last = int(batch.prompt.max()) + size * (blocks + 1) + 1
    ids, prompt, answer = batch.ids, batch.prompt[:, None], batch.answer[:, None]
    length, ahead = ids.shape[1], batch.lengthened(last).ids
    place = batch.place

    block = torch.arange(blocks, device=device).repeat_interleave(size + 1)
    slot = torch.arange(size + 1, device=device).repeat(blocks)
    shift = (draw(count, 1) * size).long() * (draw(count, 1) < SHIFTED_SHARE)
    begin = prompt - 1 + shift + size * block
    at = begin + slot
    known = ahead.gather(1, at)

    share = torch.where(draw(count, blocks) < DRAFT_SHARE, 1.0, draw(count, blocks))[:, block]
    masked = (draw(count, len(block)) < share) & (slot > 0)

    in_past = (place[:, None] < begin[:, :, None]).expand(count, -1, -1)
    in_block = (block[:, None] == block).expand(count, -1, -1)
    from_left = (place[:, None] <= place[:, :, None]).expand(count, -1, -1)
    unseen = torch.zeros(count, length, len(block), dtype=torch.bool, device=device)
    visible = torch.cat(
        [torch.cat([from_left, unseen], dim=2), torch.cat([in_past, in_block], dim=2)], dim=1
    )

    of_answer = ((place >= prompt) & (place <= prompt + answer)).float()
    next_masked = following(masked) & (slot < size) & (begin < prompt + answer)
    of_blocks = next_masked * torch.where(at + 1 <= prompt + answer, 1.0, TAIL_WEIGHT)
    return Rows(
        ids=torch.cat([ids, torch.where(masked, MASK, known)], dim=1),
        positions=torch.cat([place.expand(count, -1), at], dim=1),
        visible=visible,
        targets=torch.cat([following(ids), ahead.gather(1, at + 1)], dim=1),
        weights=torch.cat([following(of_answer), of_blocks], dim=1),
        causal=torch.arange(length + len(block), device=device) < length,
        real=torch.cat([place <= prompt + answer, begin < prompt + answer], dim=1),
        own=batch.own[:, None],
    )
