"""Four bits for a whole network: each matrix by the inputs that it gets behind the rounded ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from open_world.network.linear import Linear
from open_world.network.llama import Layer, Llama
from open_world.storing.gptq import gptq
from open_world.storing.scales import fitted_scales
from open_world.storing.stored import Stored
from open_world.training.rows import Rows

CAUSAL_WEIGHT = 2.0
"""How much a causal row counts in the Gram matrices beside a masked one."""
DAMPING = 0.05
"""How reluctantly a matrix makes good what the ones before it lost, of the Gram matrix' mean."""

LOUDEST = 10.0
"""Times the median square of an input, which a row counts as at most: the first token of every text
is hundreds of times as loud as others, and would be all that is fitted."""


@dataclass
class _Stream:
    """A batch on its way through the layers.

    Attributes:
        x, exact: what layers add to, [batch, length, width], behind rounded and exact matrices.
        weights: how much each row counts, [batch, length].
    """

    x: Tensor
    exact: Tensor
    cosine: Tensor
    sine: Tensor
    visible: Tensor
    weights: Tensor

    def attended(self, layer: Layer, normed: Tensor) -> Tensor:
        return layer.attend(normed, self.cosine, self.sine, self.visible, None)[0]


@dataclass
class _Products:
    """Sums over rows: of inputs with themselves, and of exact inputs with them, [in, in]."""

    gram: Tensor
    cross: Tensor


def _products(streams: Sequence[_Stream], inputs: list[Tensor], exact: list[Tensor]) -> _Products:
    width = inputs[0].shape[-1]
    gram, cross = torch.zeros(width, width), torch.zeros(width, width)
    for stream, x, true in zip(streams, inputs, exact, strict=True):
        sizes = x.square().sum(dim=-1)
        most = LOUDEST * sizes[stream.weights > 0].median()
        weights = stream.weights * (most / sizes.clamp(min=1e-12)).clamp(max=1)
        weighted = (x * weights[..., None]).flatten(0, 1)
        gram += weighted.T @ x.flatten(0, 1)
        cross += true.flatten(0, 1).T @ weighted
    return _Products(gram, cross)


def _making_good(weight: Tensor, products: _Products) -> Tensor:
    """The weight that gives, of the inputs that rounding left, what the exact ones would have given
    (arXiv 2504.02692)."""
    gram = products.gram
    damped = gram + DAMPING * gram.diagonal().mean() * torch.eye(len(gram))
    moved = torch.linalg.solve(damped.double(), (products.cross - gram).T.double()).T.float()
    return weight + weight @ moved


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
    streams = []
    for rows in batches:
        x = F.embedding(rows.ids, network.token)
        weights = torch.where(rows.causal, causal_weight, 1.0) * rows.real
        turns = network.rotary(rows.positions)
        streams.append(_Stream(x, x, *turns, rows.visible[:, None], weights))

    def store(name: str, weight: Tensor, gram: Tensor) -> Tensor:
        codes, scales = gptq(weight, gram)
        stored.put(name, codes, fitted_scales(codes, scales, weight, gram))
        return stored.matrix(name)

    def fit(matrix: Linear, inputs: list[Tensor], exact: list[Tensor]) -> None:
        products = _products(streams, inputs, exact)
        weight = _making_good(matrix.weight, products)
        matrix.weight.copy_(store(f"{names[id(matrix)]}.weight", weight, products.gram))

    for place, layer in enumerate(network.all_layers()):
        true = deepcopy(layer)
        normed = [layer.attention_norm(stream.x) for stream in streams]
        exact = [true.attention_norm(stream.exact) for stream in streams]
        fit(layer.query_key_value, normed, exact)
        pairs = [*zip(streams, normed, exact, strict=True)]
        normed = [stream.attended(layer, x) for stream, x, _ in pairs]
        exact = [stream.attended(true, x) for stream, _, x in pairs]
        fit(layer.attention_out, normed, exact)
        for stream, x, y in zip(streams, normed, exact, strict=True):
            stream.x = stream.x + layer.attention_out(x)
            stream.exact = stream.exact + true.attention_out(y)
        normed = [layer.feed_forward_norm(stream.x) for stream in streams]
        exact = [true.feed_forward_norm(stream.exact) for stream in streams]
        fit(layer.gate_up, normed, exact)
        normed, exact = [layer.feed(x) for x in normed], [true.feed(x) for x in exact]
        fit(layer.down, normed, exact)
        for stream, x, y in zip(streams, normed, exact, strict=True):
            stream.x = stream.x + layer.down(x)
            stream.exact = stream.exact + true.down(y)
        tell(f"layer {place + 1} of {network.shape.layers}")

    # The table is the embedding, too: it is to stay what it is, so nothing is made good in it.
    normed = [network.final_norm(stream.x) for stream in streams]
    gram = _products(streams, normed, normed).gram
    network.token.copy_(store("token", network.token, gram))
    stored.others = {
        name: weight.detach().clone()
        for name, weight in network.named_parameters()
        if weight.dim() == 1
    }
    return stored
