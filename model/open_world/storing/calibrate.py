"""GPTQ of a whole network: each matrix by the inputs that it gets behind the rounded ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from open_world.network.linear import Linear
from open_world.network.llama import Llama
from open_world.storing.gptq import gptq
from open_world.storing.stored import Stored
from open_world.training.rows import Rows

CAUSAL_WEIGHT = 2.0
"""How much a causal row counts in the Gram matrices beside a masked one."""


@dataclass
class _Stream:
    """A batch on its way through the layers; `x` is what they add to, [batch, length, width]."""

    x: Tensor
    cosine: Tensor
    sine: Tensor
    visible: Tensor
    weights: Tensor

    def gram(self, inputs: Tensor) -> Tensor:
        """The weighted sum of products of inputs [batch, length, width] with themselves."""
        flat = (inputs * self.weights[:, None].sqrt()).flatten(0, 1)
        return flat.T @ flat


@torch.no_grad()
def calibrated(
    network: Llama,
    batches: Sequence[Rows],
    causal_weight: float = CAUSAL_WEIGHT,
    tell: Callable[[str], None] = lambda _: None,
) -> Stored:
    """The network in 4 bits, head included; the network itself is left rounded.

    Args:
        batches: rows of every kind that decoders make.
        causal_weight: how much a causal row counts beside a masked one.
        tell: is told how far it is.
    """
    stored = Stored(network.shape)
    names = {id(module): name for name, module in network.named_modules()}
    streams = [
        _Stream(
            F.embedding(rows.ids, network.token),
            *network.rotary(rows.positions),
            rows.visible[:, None],
            torch.where(rows.causal, causal_weight, 1.0),
        )
        for rows in batches
    ]

    def fit(matrix: Linear, inputs: list[Tensor]) -> None:
        gram = sum(stream.gram(x) for stream, x in zip(streams, inputs, strict=True))
        name = f"{names[id(matrix)]}.weight"
        stored.put(name, *gptq(matrix.weight, gram))
        matrix.weight.copy_(stored.matrix(name))

    for place, layer in enumerate(network.all_layers()):
        normed = [layer.attention_norm(stream.x) for stream in streams]
        fit(layer.query_key_value, normed)
        attended = [
            layer.attend(x, stream.cosine, stream.sine, stream.visible, None)[0]
            for stream, x in zip(streams, normed, strict=True)
        ]
        fit(layer.attention_out, attended)
        for stream, inputs in zip(streams, attended, strict=True):
            stream.x = stream.x + layer.attention_out(inputs)
        normed = [layer.feed_forward_norm(stream.x) for stream in streams]
        fit(layer.gate_up, normed)
        fed = [layer.feed(x) for x in normed]
        fit(layer.down, fed)
        for stream, inputs in zip(streams, fed, strict=True):
            stream.x = stream.x + layer.down(inputs)
        tell(f"layer {place + 1} of {network.shape.layers}")
    gram = sum(stream.gram(network.final_norm(stream.x)) for stream in streams)
    stored.put("token", *gptq(network.token, gram))
    network.token.copy_(stored.matrix("token"))
    stored.others = {
        name: weight.detach().clone()
        for name, weight in network.named_parameters()
        if weight.dim() == 1
    }
    return stored
