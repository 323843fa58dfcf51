"""The two losses of a packed batch; both read the prediction of token j + 1 from row j."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Generator, Tensor

from diffuscope_model.network.network import Network
from diffuscope_model.tokenizer.vocabulary import MASK
from diffuscope_model.training.packing import (
    ANSWER,
    FIRST_COPY,
    FROM_LEFT,
    SECOND_COPY,
    TAIL,
    Batch,
    moved,
)

PROMPT_WEIGHT, CAUSAL_WEIGHT, MASKED_WEIGHT, TAIL_WEIGHT = 0.05, 0.5, 1.0, 0.1
"""Weights of a predicted token. A long tail of end tokens is easy and must not drown the answer;
the prompt teaches the network to read; the causal objective is learnt two to three times sooner."""

POINTING_WEIGHT = 0.1
"""Weight of the pointer's own loss beside a prediction's, where an answer's token stands somewhere
to be pointed at. Without it words of small closed sets, such as days of the week, are guessed by
the vocabulary long before the pointer finds them."""

UNSURE_WEIGHT = 0.25
"""The weight of a masked token's prediction where the network is not sure at all; it rises to 1
where it is. A decoder commits the surest first, so what it is sure of must be right; what it can't
know yet, such as words of a free text far to the right, teaches little and adds the most noise. The
weight depends on the prediction, not on the target: what each prediction tends to is the same."""

LEANING_SHARE, LEAN = 0.6, 32.0
"""The share of examples whose masks lean to one side, and by how much at most: with it the left end
of an answer is known rather than its right end, as in most of decoding. A lean of 0 leans nowhere,
one of 32 leaves hardly more than the order from left to right."""
RIGHT_END_SHARE = 0.3
"""The share of these whose right end is known rather than the left one: sure ends of sequence are
committed early. Where the answer ends must have no say in what is masked: a network that is shown
masks which stop there learns to read the length from them, and ends its answers too early."""


@dataclass(frozen=True)
class Losses:
    """What is minimised, and its two parts on answers, in nats a token."""

    total: Tensor
    causal: Tensor
    masked: Tensor


OWN_SHARE, OWN_NOISE = 0.75, 0.2
"""The share of examples whose places become known in the network's own order, where that is given,
and how far the order is disturbed. What a decoder commits first, the surest, is what the network
then has to go on from; among canvases of random masks such ones are rare."""


@torch.no_grad()
def own_sureness(network: Network, batch: Batch) -> Tensor:
    """How sure the network is of each place of the answers where all are masked, [batch, place].

    It depends on prompts and on the sizes of canvases alone, so it tells nothing of the answers.

    Args:
        network: on whichever device.
        batch: on the CPU, where what is returned is, too.
    """
    device = network.token.weight.device
    masked = (batch.segments >= FIRST_COPY) & (batch.roles >= ANSWER)
    first = masked & (batch.segments == FIRST_COPY)
    rows = first.flatten().nonzero()[:, 0]
    _, _, surest = network.log_probabilities(
        moved(torch.where(masked, MASK, batch.ids), device),
        batch.to(device).layout,
        moved(rows - 1, device),
        moved(batch.ids.flatten()[rows], device),
    )
    sureness = torch.zeros(len(first), int(first.sum(dim=1).max()))
    sureness[rows // first.shape[1], batch.slots.flatten()[rows]] = surest.float().cpu()
    return sureness


def draw_masks(batch: Batch, random: Generator, sureness: Tensor | None = None) -> Tensor:
    """Which positions to mask, booleans [batch, length]: a share t of an answer and its tail in the
    first copy, and a share 1 - t in the second. Drawn on the CPU, where the batch must be.

    t is uniform, with one draw in each of `batch` equal strata, which varies less from batch to
    batch than independent draws. The second copy masks what the first does not, except where masks
    lean or follow `sureness` (see `own_sureness`): they do so in both.
    """
    slots = batch.slots
    first, second = (
        (batch.segments == copy) & (batch.roles >= ANSWER) for copy in (FIRST_COPY, SECOND_COPY)
    )
    count, size = len(slots), first.sum(dim=1, keepdim=True)
    place = torch.arange(int(size.max()))[None]
    leaning = torch.rand(count, 1, generator=random) < LEANING_SHARE
    lean = torch.where(leaning, LEAN ** torch.rand(count, 1, generator=random), 0.0)
    from_right = torch.rand(count, 1, generator=random) < RIGHT_END_SHARE
    lean = torch.where(from_right, -lean, lean)

    own = torch.zeros(count, 1, dtype=torch.bool)
    if sureness is not None:
        own = torch.rand(count, 1, generator=random) < OWN_SHARE

    def rank() -> Tensor:
        """In which order the places [batch, place] of an answer become known."""
        chance = torch.rand(count, place.shape[1], generator=random)
        late = chance + lean * place / size
        if sureness is not None:
            late = torch.where(own, OWN_NOISE * chance - sureness, late)
        return late.masked_fill(place >= size, torch.inf).argsort(dim=1).argsort(dim=1)

    strata = torch.randperm(count, generator=random)
    share = ((strata + torch.rand(count, generator=random)) / count)[:, None]
    known = ((1 - share) * size).ceil()
    order = rank()
    in_first = order >= known
    in_second = torch.where(leaning | own, rank() >= size - known, order < known)
    return (in_first.gather(1, slots) & first) | (in_second.gather(1, slots) & second)


def weights_of(batch: Batch, masked: Tensor) -> Tensor:
    """How much the prediction of each token counts, [batch, length]."""
    prompt = (batch.segments == 0) & (batch.positions > 0)
    causal = (batch.segments == FROM_LEFT) & (batch.roles == ANSWER)
    return (
        PROMPT_WEIGHT * prompt
        + CAUSAL_WEIGHT * causal
        + MASKED_WEIGHT * (masked & (batch.roles == ANSWER))
        + TAIL_WEIGHT * (masked & (batch.roles == TAIL))
    )


@dataclass(frozen=True)
class Predictions:
    """What is to be predicted of a batch, [predicted] each; made on the CPU, so that a GPU is never
    waited for to learn how many there are.

    Attributes:
        rows: places in the flattened [batch * length] to predict from.
        targets: the ids to predict.
        weights: as `weights_of`.
        from_left, in_copies: 1 for the tokens of an answer by segment, else 0.
        copied: 1 for all tokens of the copies, else 0.
    """

    rows: Tensor
    targets: Tensor
    weights: Tensor
    from_left: Tensor
    in_copies: Tensor
    copied: Tensor

    def to(self, device: torch.device) -> Predictions:
        """The same on a device."""
        return Predictions(*(moved(tensor, device) for tensor in vars(self).values()))


def predictions_of(batch: Batch, masked: Tensor) -> Predictions:
    """What a batch asks to be predicted under the masks of `draw_masks`."""
    weights = weights_of(batch, masked).flatten()
    at = weights.nonzero()[:, 0]
    answers = (batch.roles == ANSWER).flatten()[at]
    segments = batch.segments.flatten()[at]
    return Predictions(
        at - 1,
        batch.ids.flatten()[at],
        weights[at],
        (answers & (segments == FROM_LEFT)).float(),
        (answers & (segments >= FIRST_COPY)).float(),
        (segments >= FIRST_COPY).float(),
    )


def losses(network: Network, batch: Batch, masked: Tensor) -> Losses:
    """Cross-entropies in nats whatever the share of masks: by weight, and plain means of parts.

    The bound of masked diffusion would divide by that share (arXiv 2406.07524); the flat mean
    varies less and weighs all stages of decoding alike (MaskGIT, arXiv 2202.04200).

    Args:
        network: on whichever device.
        batch, masked: on the CPU.
    """
    device = network.token.weight.device
    wanted = predictions_of(batch, masked).to(device)
    batch, masked = batch.to(device), moved(masked, device)
    noisy = torch.where(masked, MASK, batch.ids)
    logs, pointed, surest = network.log_probabilities(
        noisy, batch.layout, wanted.rows, wanted.targets
    )
    weight = wanted.weights * (1 - wanted.copied * (1 - UNSURE_WEIGHT) * (1 - surest))
    pointing = POINTING_WEIGHT * pointed * (wanted.from_left + wanted.in_copies)

    def mean(part: Tensor) -> Tensor:
        return (-logs.detach() * part).sum() / part.sum()

    return Losses(
        ((-logs - pointing) * weight).sum() / weight.sum(),
        mean(wanted.from_left),
        mean(wanted.in_copies),
    )
