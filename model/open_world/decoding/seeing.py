"""Passes of a network, without a cache: what the others must equal."""

from __future__ import annotations

import torch
from torch import Tensor

from open_world.network.llama import Llama


def canvas_logits(network: Llama, prompt: list[int], canvas: list[int]) -> Tensor:
    """A row for each place of the canvas; the prompt's last row and the canvas see everything."""
    return logits_of(network, [*prompt, *canvas], len(prompt) - 1)[len(prompt) - 1 : -1]


def autoregressive_logits(network: Llama, ids: list[int]) -> Tensor:
    """A row for each token, about the one that follows."""
    return logits_of(network, ids, len(ids))


def logits_of(network: Llama, ids: list[int], two_way_from: int) -> Tensor:
    """Logits [length, vocabulary]; rows from a place on see everything, others what is at or left
    of them."""
    place = torch.arange(len(ids))
    visible = (place[None] <= place[:, None]) | (place >= two_way_from)[:, None]
    states, _ = network.states(torch.tensor([ids]), place[None], visible[None])
    return network.logits(states[0])
