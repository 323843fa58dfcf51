"""The network: Llama-shaped, one set of weights for causal and for bidirectional attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from diffuscope_model.vocabulary import PAD

Attention = Literal["causal", "bidirectional"]

HIDDEN_BIAS = -10_000.0
"""Added to the score of what must not be seen: its weight is zero even in half precision."""


@dataclass(frozen=True)
class Shape:
    """The sizes of a network; `window` is the longest sequence in tokens."""

    vocabulary: int = 1024
    width: int = 256
    layers: int = 6
    heads: int = 4
    feed_forward: int = 704
    window: int = 192
    rope_base: float = 10_000.0
    epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        return self.width // self.heads


def rotary_tables(shape: Shape) -> tuple[Tensor, Tensor]:
    """Cosines and sines [window, head width / 2] of rotary positions (arXiv 2104.09864)."""
    half = shape.head_width // 2
    frequency = shape.rope_base ** (-torch.arange(half, dtype=torch.float64) / half)
    angle = torch.arange(shape.window, dtype=torch.float64)[:, None] * frequency
    return angle.cos().float(), angle.sin().float()


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Rotates x [..., length, head width]; the first half of a head pairs with its second half."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cosine - second * sine, second * cosine + first * sine), dim=-1)


def attention_bias(
    attention: Attention, length: int, real: Tensor | None, device: torch.device
) -> Tensor:
    """0 where a row may look and -10000 where not, to be added to the scores.

    Shape [1, 1, length, length] when causal, else [batch, 1, 1, length].
    """
    if attention == "causal":
        hidden = torch.ones(length, length, dtype=torch.bool, device=device).triu(1)[None, None]
    elif real is None:
        hidden = torch.zeros(1, 1, 1, length, dtype=torch.bool, device=device)
    else:
        hidden = ~real[:, None, None, :]
    return hidden.float() * HIDDEN_BIAS


def attend(query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
    """Attention over [batch, heads, length, head width] with an additive bias.

    Written out because on CPUs its backward pass, compiled, takes a third of the time of
    `scaled_dot_product_attention`'s at the lengths met here.
    """
    scores = (query @ key.transpose(-1, -2)).float() * query.shape[-1] ** -0.5 + bias
    return scores.softmax(dim=-1).to(value.dtype) @ value


class Layer(nn.Module):
    """Attention and SwiGLU, each after an RMSNorm and added to the stream."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.attention_out = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_forward_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor, cosine: Tensor, sine: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        mixed = self.query_key_value(self.attention_norm(x))
        mixed = mixed.view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        query, key = rotate(mixed[:2], cosine, sine).to(mixed.dtype)
        attended = attend(query, key, mixed[2], bias)
        x = x + self.attention_out(attended.transpose(1, 2).reshape(batch, length, width))
        gate, up = self.gate_up(self.feed_forward_norm(x)).chunk(2, dim=-1)
        return x + self.down(F.silu(gate) * up)


class Network(nn.Module):
    """Token ids to logits; row j predicts token j + 1 whichever way attention looks.

    Besides its own embedding a position adds two learnt vectors, looked up by the token before it
    and the one before that. They give copying (find the earlier place with the same neighbours,
    take what follows) to the first layer; without them a network this small is slow to learn it.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        self.previous = nn.Embedding(shape.vocabulary, shape.width)
        self.before_previous = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.final_norm = nn.RMSNorm(shape.width, shape.epsilon)
        cosine, sine = rotary_tables(shape)
        self.register_buffer("cosine", cosine, persistent=False)
        self.register_buffer("sine", sine, persistent=False)

    def start(self, seed: int) -> Network:
        """Fills the weights with their random starting values; returns the network itself."""
        random = torch.Generator().manual_seed(seed)
        depth_scale = (2 * self.shape.layers) ** -0.5
        with torch.no_grad():
            for name, weight in self.named_parameters():
                if weight.dim() < 2:
                    weight.fill_(1.0)
                elif weight.shape[0] == self.shape.vocabulary and "layers" not in name:
                    # Small beside what the layers write: copying is learnt several times sooner
                    # than with unit scale, where the final norm keeps showing the token itself.
                    scale = self.shape.width**-0.5 * (1 if name.startswith("token") else 0.15)
                    weight.normal_(0.0, scale, generator=random)
                else:
                    scale = weight.shape[1] ** -0.5
                    residual = name.endswith(("attention_out.weight", "down.weight"))
                    weight.normal_(0, scale * (depth_scale if residual else 1), generator=random)
        return self

    def embed(self, ids: Tensor) -> Tensor:
        """Ids [batch, length] to the stream's first values [batch, length, width]."""
        shifted = F.pad(ids, (2, 0), value=PAD)
        return (
            self.token(ids)
            + self.previous(shifted[:, 1:-1])
            + self.before_previous(shifted[:, :-2])
        )

    def forward(self, ids: Tensor, attention: Attention, real: Tensor | None = None) -> Tensor:
        """Ids [batch, length] to logits [batch, length, vocabulary].

        Args:
            ids: token ids, padded on the right.
            attention: "causal" sees what is at or left of a row, "bidirectional" sees everything.
            real: booleans [batch, length], false on padding; bidirectional rows see real ones only.
                Causal rows never see padding, as it is on the right.
        """
        length = ids.shape[1]
        if length > self.shape.window:
            raise ValueError(
                f"{length} tokens don't fit the window of {self.shape.window}: shorten the input"
            )
        bias = attention_bias(attention, length, real, ids.device)
        x = self.embed(ids)
        cosine, sine = self.cosine[:length], self.sine[:length]
        for layer in self.layers:
            x = layer(x, cosine, sine, bias)
        return F.linear(self.final_norm(x), self.token.weight)

    def parameter_count(self) -> int:
        """How many numbers the network has learnt; the tied head counts once."""
        return sum(weight.numel() for weight in self.parameters())
