"""What the graphs answer, computed by PyTorch: the rows that goldens are made of."""

from __future__ import annotations

import torch
from torch import Tensor

from diffuscope_model.export.prediction import TOP_K
from diffuscope_model.network.network import Network


def pack(logits: Tensor) -> Tensor:
    """Logits [..., vocabulary] to rows [..., 2 k + 2]: see `prediction.packed`."""
    values, ids = logits.topk(TOP_K)
    log_sum = logits.logsumexp(dim=-1, keepdim=True)
    entropy = torch.distributions.Categorical(logits=logits).entropy()[..., None]
    return torch.cat((values, ids.float(), log_sum, entropy), dim=-1)


@torch.no_grad()
def packed_denoise(network: Network, prompt: list[int], answer: list[int]) -> Tensor:
    """A row for each position of the answer, [answer, 2 k + 2]."""
    logits = network(torch.tensor([[*prompt, *answer]]), "bidirectional")[0]
    return pack(logits[len(prompt) - 1 : -1])


@torch.no_grad()
def packed_extend(network: Network, prompt: list[int], following: list[int]) -> Tensor:
    """A row for the token after the prompt and one after each further token."""
    logits = network(torch.tensor([[*prompt, *following]]), "causal")[0]
    return pack(logits[len(prompt) - 1 :])
