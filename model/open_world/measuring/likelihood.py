"""How likely the original model finds what decoders of the trained one wrote."""

from __future__ import annotations

import torch

from open_world.decoding.seeing import autoregressive_logits
from open_world.network.llama import Llama


@torch.no_grad()
def surprise(original: Llama, prompt: list[int], answer: list[int]) -> float:
    """The answer's negative log-likelihood in nats, all tokens together, its end left out."""
    if not answer:
        return 0.0
    logs = autoregressive_logits(original, [*prompt, *answer]).log_softmax(dim=-1)
    targets = torch.tensor(answer)
    return -logs[len(prompt) - 1 : -1].gather(1, targets[:, None]).sum().item()
