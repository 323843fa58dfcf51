"""Llama's network; who sees whom is an argument, so one network is both decoders."""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from diffuscope_model.network.attention import rotary_tables, rotate
from open_world.network.int4 import round_through
from open_world.network.linear import Linear
from open_world.network.shape import Shape

Cached = tuple[Tensor, Tensor]
"""A layer's keys and values [batch, key heads, length, head width], keys rotated."""


class Layer(nn.Module):
    """Attention and SwiGLU, each after an RMSNorm and added to the stream."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.attention_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.query_key_value = Linear(shape.width, shape.mixed)
        self.attention_out = Linear(shape.heads * shape.head_width, shape.width)
        self.feed_forward_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.gate_up = Linear(shape.width, 2 * shape.feed_forward)
        self.down = Linear(shape.feed_forward, shape.width)

    @property
    def matrices(self) -> list[Linear]:
        """In the order in which a row passes them."""
        return [self.query_key_value, self.attention_out, self.gate_up, self.down]

    def attend(
        self, normed: Tensor, cosine: Tensor, sine: Tensor, visible: Tensor, past: Cached | None
    ) -> tuple[Tensor, Cached]:
        """What the rows attend to [batch, rows, heads * head width], and keys and values."""
        shape, (batch, rows, _) = self.shape, normed.shape
        mixed = self.query_key_value(normed).view(batch, rows, -1, shape.head_width).transpose(1, 2)
        query, key, value = mixed.split([shape.heads, shape.key_heads, shape.key_heads], dim=1)
        query, key = (rotate(x, cosine, sine).to(mixed.dtype) for x in (query, key))
        if past:
            key, value = (torch.cat(pair, dim=2) for pair in zip(past, (key, value), strict=True))
        each = shape.heads // shape.key_heads
        wide = (x.repeat_interleave(each, dim=1) for x in (key, value))
        attended = F.scaled_dot_product_attention(query, *wide, attn_mask=visible)
        return attended.transpose(1, 2).reshape(batch, rows, -1), (key, value)

    def feed(self, normed: Tensor) -> Tensor:
        """What `down` is given, [batch, rows, feed forward]."""
        gate, up = self.gate_up(normed).chunk(2, dim=-1)
        return F.silu(gate) * up

    def forward(
        self, x: Tensor, cosine: Tensor, sine: Tensor, visible: Tensor, past: Cached | None = None
    ) -> tuple[Tensor, Cached]:
        attended, cached = self.attend(self.attention_norm(x), cosine, sine, visible, past)
        x = x + self.attention_out(attended)
        return x + self.down(self.feed(self.feed_forward_norm(x))), cached


class Llama(nn.Module):
    """Token ids to logits; row j predicts token j + 1 whatever it sees."""

    cosine: Tensor
    sine: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token = nn.Parameter(torch.empty(shape.vocabulary, shape.width))
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.final_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.token_rounded = False
        cosine, sine = rotary_tables(shape.window, shape.head_width, shape.rope_base)
        self.register_buffer("cosine", cosine, persistent=False)
        self.register_buffer("sine", sine, persistent=False)

    def start(self, seed: int) -> Llama:
        """Random starting values, for tests; returns the network itself."""
        random = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for weight in self.parameters():
                if weight.dim() == 2:
                    weight.normal_(0, weight.shape[1] ** -0.5, generator=random)
        return self

    def all_layers(self) -> Iterator[Layer]:
        """The layers, typed."""
        for layer in self.layers:
            assert isinstance(layer, Layer)
            yield layer

    def round_weights(self, rounded: bool) -> None:
        """Whether all matrices, table included, are used as 4 bits would have them."""
        self.token_rounded = rounded
        for layer in self.all_layers():
            for matrix in layer.matrices:
                matrix.rounded = rounded

    def vectors(self) -> Tensor:
        """The table [vocabulary, width] as it is used."""
        return round_through(self.token) if self.token_rounded else self.token

    def rotary(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Cosines and sines [batch, 1, rows, head width / 2] for positions [batch, rows]."""
        return self.cosine[positions][:, None], self.sine[positions][:, None]

    def states(
        self,
        ids: Tensor,
        positions: Tensor,
        visible: Tensor,
        past: list[Cached] | None = None,
    ) -> tuple[Tensor, list[Cached]]:
        """The normed states [batch, rows, width] and each layer's keys and values.

        Args:
            ids: [batch, rows].
            positions: [batch, rows], for rotary attention.
            visible: booleans [batch, rows, columns]: what is cached, then the rows themselves.
            past: keys and values of what stands before, as this returned them.
        """
        x = F.embedding(ids, self.vectors())
        cosine, sine = self.rotary(positions)
        now: list[Cached] = []
        for place, layer in enumerate(self.layers):
            x, cached = layer(x, cosine, sine, visible[:, None], past[place] if past else None)
            now.append(cached)
        return self.final_norm(x), now

    def logits(self, states: Tensor) -> Tensor:
        """States [..., width] to logits [..., vocabulary] in float32."""
        return F.linear(states, self.vectors().to(states.dtype)).float()

    def parameter_count(self) -> int:
        """How many numbers it has; the tied head counts once."""
        return sum(weight.numel() for weight in self.parameters())
