"""Whether the diffusion decoder is as often right as it is sure: thresholds depend on it."""

from __future__ import annotations

import torch
from torch import Tensor

from diffuscope_model.measuring.held_out import HeldOut
from diffuscope_model.network.network import Network
from diffuscope_model.tokenizer.vocabulary import MASK, PAD

BINS = 15


def expected_calibration_error(confidence: Tensor, right: Tensor) -> float:
    """The mean distance of confidence and rightness over bins of equal width, by their counts.

    (Guo et al., arXiv 1706.04599.)

    Args:
        confidence: probabilities [count] of the likeliest tokens.
        right: booleans [count].

    Raises:
        ValueError: if there is nothing to compare.
    """
    if not len(confidence):
        raise ValueError("nothing was predicted: mask some positions")
    places = (confidence.double() * BINS).long().clamp(max=BINS - 1)
    gaps = torch.zeros(BINS, dtype=torch.double)
    gaps.index_add_(0, places, confidence.double() - right.double())
    return gaps.abs().sum().item() / len(confidence)


@torch.no_grad()
def calibration_error(network: Network, held_out: HeldOut, batch: int) -> float:
    """Of the right answers with a share t of their tokens masked, t spread evenly over examples."""
    random = torch.Generator().manual_seed(0)
    confidences, rights = [], []
    for start in range(0, len(held_out.items), batch):
        items = held_out.items[start : start + batch]
        ids = torch.full((len(items), max(len(x.prompt) + len(x.answer) for x in items)), PAD)
        answers = torch.zeros_like(ids, dtype=torch.bool)
        for row, item in enumerate(items):
            begin, end = len(item.prompt), len(item.prompt) + len(item.answer)
            ids[row, :end] = torch.tensor(item.prompt + item.answer)
            answers[row, begin:end] = True
        share = (torch.arange(len(items))[:, None] + 0.5) / len(items)
        masked = answers & (torch.rand(ids.shape, generator=random) < share)
        noisy = torch.where(masked, MASK, ids).to(network.token.weight.device)
        logs = network(noisy, "bidirectional", (ids != PAD).to(noisy.device)).float().cpu()
        confidence, guess = logs[:, :-1].max(dim=-1)
        confidences.append(confidence[masked[:, 1:]].exp())
        rights.append((guess == ids[:, 1:])[masked[:, 1:]])
    return expected_calibration_error(torch.cat(confidences), torch.cat(rights))
