"""All that a decoding strategy needs of a distribution: top-k, log-probabilities, entropy."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor


class Summary(NamedTuple):
    """Of rows of logits; natural logarithms over the full vocabulary."""

    ids: Tensor
    """int32 [rows, k], likeliest first; of equals the lower id comes first."""
    logprobs: Tensor
    """float32 [rows, k]."""
    entropy: Tensor
    """float32 [rows], nats."""


def summarise(logits: Tensor, k: int) -> Summary:
    """Logits [rows, vocabulary] to what is sent; computed in float32 whatever the model's type."""
    logits = logits.float()
    values, ids = _top(logits, k)
    log_sum = logits.logsumexp(dim=-1, keepdim=True)
    logprobs = logits - log_sum
    # A probability of zero takes no part: 0 times minus infinity would be NaN.
    entropy = -(logprobs.exp() * logprobs.clamp(min=-200.0)).sum(dim=-1)
    return Summary(ids.int(), values - log_sum, entropy.clamp(min=0.0))


def _top(logits: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """The k highest values of each row [rows, vocabulary] and their ids; equals by their ids.

    In bf16 equals are common, also at the k-th place, and `topk` takes any of them. So whole
    numbers are compared, no two alike: a value's bits, ordered as the values are, then its id.
    """
    # Adding 0 makes a negative zero equal to a positive one.
    bits = (logits + 0.0).view(torch.int32).long()
    ordered = torch.where(bits < 0, bits ^ 0x7FFFFFFF, bits)
    ids = torch.arange(logits.shape[-1], device=logits.device)
    places = ((ordered << 32) + (0xFFFFFFFF - ids)).topk(k, dim=-1).indices
    return logits.gather(-1, places), places


def undo_shift(rows: Tensor, shift: int) -> Tensor:
    """Rows [batch, length, ...] about token j + shift, moved so that row j is about token j.

    The first rows have none about them and get the first that there is, as in Dream's own code: a
    prompt stands there.
    """
    if shift == 0:
        return rows
    return torch.cat((rows[:, :shift], rows[:, :-shift]), dim=1)
