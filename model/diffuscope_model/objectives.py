"""The two losses; both read the prediction of token j + 1 from row j."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Generator, Tensor

from diffuscope_model.network import Network
from diffuscope_model.stream import ANSWER, PADDING, PROMPT, TAIL, Batch
from diffuscope_model.vocabulary import MASK

CAUSAL_WEIGHT = {PADDING: 0.0, PROMPT: 0.1, ANSWER: 1.0, TAIL: 0.0}
MASKED_WEIGHT = {PADDING: 0.0, PROMPT: 0.0, ANSWER: 1.0, TAIL: 0.2}
"""Weights of a position by its role. A long tail of end tokens is easy and must not drown the
answer; the prompt teaches the network to read."""


def _weighted(logits: Tensor, ids: Tensor, weights: Tensor) -> Tensor:
    losses = F.cross_entropy(
        logits[:, :-1].flatten(0, 1).float(), ids[:, 1:].flatten(), reduction="none"
    )
    weights = weights[:, 1:].flatten()
    return (losses * weights).sum() / weights.sum()


def _by_role(roles: Tensor, table: dict[int, float]) -> Tensor:
    return torch.tensor([table[role] for role in range(len(table))], device=roles.device)[roles]


def causal_loss(network: Network, batch: Batch) -> Tensor:
    """Cross-entropy of the next token in nats, mean by weight."""
    logits = network(batch.ids, "causal")
    return _weighted(logits, batch.ids, _by_role(batch.roles, CAUSAL_WEIGHT))


def draw_masks(roles: Tensor, random: Generator) -> Tensor:
    """Which positions to mask, booleans [batch, length]: of each answer and tail a share t.

    t is uniform, with one draw in each of `batch` equal strata, which varies less from batch to
    batch than independent draws. At least one position of each answer is masked.
    """
    count, length = roles.shape
    strata = torch.randperm(count, generator=random)
    share = (strata + torch.rand(count, generator=random)) / count
    noise = torch.rand(count, length, generator=random)
    maskable = roles.cpu() >= ANSWER
    first = torch.where(maskable, noise, 2.0).argmin(dim=1)
    masked = noise < share[:, None]
    masked[torch.arange(count), first] = True
    return (masked & maskable).to(roles.device)


def masked_loss(network: Network, batch: Batch, masked: Tensor) -> Tensor:
    """Cross-entropy of masked tokens in nats, mean by weight, whatever the share of masks.

    The bound of masked diffusion would divide by that share (arXiv 2406.07524); the flat mean
    varies less and weighs all stages of decoding alike (MaskGIT, arXiv 2202.04200).
    """
    noisy = torch.where(masked, MASK, batch.ids)
    logits = network(noisy, "bidirectional", batch.roles != PADDING)
    return _weighted(logits, batch.ids, _by_role(batch.roles, MASKED_WEIGHT) * masked)
