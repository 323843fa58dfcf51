"""How places of a canvas are guessed, ranked and committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Generator, Tensor

from diffuscope_model.measuring.decode import Choose, commit_surest
from open_world.tokens import END, MASK, SUPPRESSED

Order = Callable[[Tensor, Tensor, Generator], Tensor]
"""From probabilities [length, vocabulary] and guesses [length] to how sure each is, [length]."""


def by_confidence(chances: Tensor, guesses: Tensor, _: Generator) -> Tensor:
    """The probability of what is guessed (LLaDA, arXiv 2502.09992)."""
    return chances.gather(1, guesses[:, None])[:, 0]


def by_margin(chances: Tensor, _guesses: Tensor, _: Generator) -> Tensor:
    """How far the likeliest is before the second (arXiv 2502.06768)."""
    first, second = chances.topk(2, dim=-1).values.unbind(dim=-1)
    return first - second


def at_random(chances: Tensor, _guesses: Tensor, random: Generator) -> Tensor:
    """Any place as soon as any other (the plain reverse process of masked diffusion)."""
    drawn = torch.rand(len(chances), generator=random, device=random.device)
    return drawn.to(chances.device) + 1e-6


ONE_A_PASS = commit_surest(1)


@dataclass(frozen=True)
class Way:
    """How a canvas is filled.

    Attributes:
        choose: which of the sure places are committed in a pass.
        order: how sure each is.
        block: places that are filled before those behind them are; 0 for no blocks.
        temperature: 0 takes the likeliest; above it tokens are drawn.
        least: the smallest chance of a drawn token, beside that of the likeliest (min-p).
    """

    choose: Choose = ONE_A_PASS
    order: Order = by_confidence
    block: int = 0
    temperature: float = 0.0
    least: float = 0.05


def open_places(ids: Tensor, block: int) -> Tensor:
    """Booleans [length]: what is masked, in the first block that has masks if there are blocks."""
    masked = ids == MASK
    if not block or not masked.any():
        return masked
    of = torch.arange(len(ids), device=ids.device) // block
    return masked & (of == of[masked][0])


def guess(
    logits: Tensor, ids: Tensor, way: Way, random: Generator, begins: bool = False
) -> tuple[Tensor, Tensor]:
    """A guess for each place of a canvas, and the chances [length, vocabulary].

    No end is guessed left of committed content: what it would cut off was said already; nor at the
    very first place of an answer, which `begins` tells: it says something.
    """
    logits = logits.index_fill(-1, torch.tensor(SUPPRESSED, device=logits.device), -torch.inf)
    content = (ids != MASK) & (ids != END)
    before_content = content.flip(0).cumsum(0).flip(0) > 0
    logits[before_content, END] = -torch.inf
    if begins:
        logits[0, END] = -torch.inf
    chances = logits.softmax(dim=-1)
    if not way.temperature:
        return chances.argmax(dim=-1), chances
    drawn = (logits / way.temperature).softmax(dim=-1)
    drawn = drawn.where(chances >= way.least * chances.amax(dim=-1, keepdim=True), 0.0)
    return torch.multinomial(drawn, 1, generator=random)[:, 0], chances


def sureness(
    guesses: Tensor, chances: Tensor, is_open: Tensor, way: Way, random: Generator
) -> Tensor:
    """How sure each place is, [length]; 0 where nothing may be committed.

    A place whose guess is an end waits while any other has something else to say (LLaDA's appendix:
    the confidence of an end counts as zero). A tail of ends is surest from the first pass on, and
    closes everything behind its first.
    """
    says = is_open & (guesses != END)
    return way.order(chances, guesses, random) * says
