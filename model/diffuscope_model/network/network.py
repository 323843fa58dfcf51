"""The network: Llama-shaped, one set of weights for causal and for masked prediction."""

from __future__ import annotations

from copy import deepcopy
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from diffuscope_model.network.attention import (
    HIDDEN_BIAS,
    attend,
    rotary_tables,
    rotate,
)
from diffuscope_model.network.layout import Layout, layout_of
from diffuscope_model.network.pointer import Pointer
from diffuscope_model.network.shape import Shape
from diffuscope_model.network.token_table import TokenTable
from diffuscope_model.tokenizer.vocabulary import SIGNS, SPECIAL, SPELLED

Attention = Literal["causal", "bidirectional"]

FLOOR = 1e-9
"""Added to every probability, so that its logarithm is finite."""

TABLES = ("token", "previous", "before_previous")
"""The tables that an input is looked up in; the first one is the head, too."""


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
    """Token ids to log-probabilities; row j predicts token j + 1 whichever way attention looks.

    Besides its own embedding a position adds two learnt vectors, looked up by the token before it
    and the one before that. They give copying (find the earlier place with the same neighbours,
    take what follows) to the first layer; without them a network this small is slow to learn it.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token = TokenTable(shape)
        self.previous = TokenTable(shape)
        self.before_previous = TokenTable(shape)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.final_norm = nn.RMSNorm(shape.width, shape.epsilon)
        self.pointer = Pointer(shape)
        cosine, sine = rotary_tables(shape.window, shape.head_width, shape.rope_base)
        self.register_buffer("cosine", cosine, persistent=False)
        self.register_buffer("sine", sine, persistent=False)
        self.register_buffer("respaced", torch.arange(shape.vocabulary))
        self.register_buffer("spelling", torch.zeros(shape.vocabulary, SPELLED, dtype=torch.long))

    def start(self, seed: int) -> Network:
        """Fills the weights with their random starting values; returns the network itself."""
        random = torch.Generator().manual_seed(seed)
        depth_scale = (2 * self.shape.layers) ** -0.5
        with torch.no_grad():
            for name, weight in self.named_parameters():
                if weight.dim() < 2:
                    weight.fill_(1.0)
                elif name.startswith(TABLES):
                    # Small beside what the layers write: copying is learnt several times sooner
                    # than with unit scale, where the final norm keeps showing the token itself.
                    scale = self.shape.width**-0.5 * (1 if name == "token.weight" else 0.15)
                    weight.normal_(0.0, scale, generator=random)
                else:
                    scale = weight.shape[1] ** -0.5
                    residual = name.endswith(("attention_out.weight", "down.weight"))
                    weight.normal_(0, scale * (depth_scale if residual else 1), generator=random)
        return self

    def know_tokens(self, respaced: list[int], spelling: list[list[int]]) -> Network:
        """Takes each token's counterpart and its letters (`vocabulary`); returns the network.

        Until then each token is its own counterpart, and all are spelled alike.
        """
        self.respaced.copy_(torch.tensor(respaced))
        self.spelling.copy_(torch.tensor(spelling))
        return self

    def vectors(self, table: str) -> Tensor:
        """The vectors [vocabulary, width] of one of the TABLES, letters included."""
        return getattr(self, table).vectors(self.spelling)

    def to_point_at(self, ids: Tensor) -> Tensor:
        """What pointing at each place of ids [batch, length] gives, [batch, 2 * length]."""
        return torch.cat((ids, self.respaced[ids]), dim=1)

    def embed(self, ids: Tensor, layout: Layout) -> Tensor:
        """Ids [batch, length] to the stream's first values [batch, length, width]."""
        looked_up = zip((ids, *layout.earlier(ids)), TABLES, strict=True)
        return sum(F.embedding(at, self.vectors(table)) for at, table in looked_up)

    def states(self, ids: Tensor, layout: Layout) -> tuple[Tensor, Tensor, Tensor]:
        """The last layer's normed states [batch, length, width], and what the pointer says of them.

        Returns:
            States, then as `Pointer`.
        """
        bias = (~layout.visible).float()[:, None] * HIDDEN_BIAS
        x = middle = self.embed(ids, layout)
        cosine, sine = (table[layout.positions][:, None] for table in (self.cosine, self.sine))
        for index, layer in enumerate(self.layers):
            if index == self.shape.key_layer:
                middle = x
            x = layer(x, cosine, sine, bias)
        states = self.final_norm(x)
        # Masks, padding and the template's tokens are never answers.
        special = (ids < SPECIAL)[:, None, None, :].float() * HIDDEN_BIAS
        return states, *self.pointer(states, middle, cosine, sine, bias + special)

    def forward(
        self,
        ids: Tensor,
        attention: Attention,
        real: Tensor | None = None,
        rows: Tensor | None = None,
    ) -> Tensor:
        """Ids [batch, length] to log-probabilities [batch, length, vocabulary].

        Args:
            ids: token ids, padded on the right.
            attention: "causal" sees what is at or left of a row; "bidirectional" does so in the
                prompt, and sees everything from the token that opens the answer on.
            real: booleans [batch, length], false on padding; no real row sees any of it.
            rows: places [batch, rows] to predict from; all of them if not given.

        Raises:
            ValueError: if there are more tokens than the window has.
        """
        length = ids.shape[1]
        if length > self.shape.window:
            raise ValueError(
                f"{length} tokens don't fit the window of {self.shape.window}: shorten the input"
            )
        states, shares, pointed = self.states(ids, layout_of(ids, attention, real))
        if rows is not None:
            at = torch.arange(len(ids), device=ids.device)[:, None], rows
            states, shares, pointed = states[at], shares[at], pointed[at]
        logits = F.linear(states, self.vectors("token")).float()
        own = (logits.log_softmax(dim=-1) + shares[..., :1]).exp()
        tokens = F.one_hot(self.to_point_at(ids), self.shape.vocabulary).to(pointed.dtype)
        return (own + (pointed * shares[..., 1:].exp()) @ tokens + FLOOR).log()

    def log_probabilities(
        self, ids: Tensor, layout: Layout, rows: Tensor, targets: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """The log-probability [rows] of one target each; as `forward`, without the other tokens.

        Args:
            rows: places [rows] in the flattened [batch * length].
            targets: the ids [rows] that they are to predict.

        Returns:
            The log-probabilities; those of the pointer alone, whatever its gate says, zero where
            the target is nowhere to be pointed at; and, without gradients, how probable the
            likeliest token is at least, whichever it is.
        """
        states, shares, pointed = self.states(ids, layout)
        logits = F.linear(states.flatten(0, 1)[rows], self.vectors("token")).float()
        own = -F.cross_entropy(logits, targets, reduction="none")
        of_vocabulary, of_pointing = shares.flatten(0, 1)[rows].exp().unbind(dim=-1)
        at = rows // ids.shape[1]
        visible = layout.visible.flatten(0, 1)[rows]
        alike = (self.to_point_at(ids)[at] == targets[:, None]) & torch.cat((visible,) * 2, dim=1)
        alike &= (targets >= SPECIAL)[:, None]
        pointed = pointed.flatten(0, 1)[rows]
        copied = (pointed * alike).sum(dim=-1)
        with torch.no_grad():
            likeliest = (logits.amax(dim=-1) - logits.logsumexp(dim=-1)).exp()
            surest = torch.maximum(
                likeliest * of_vocabulary, pointed.amax(dim=-1).float() * of_pointing
            )
        return (
            (own.exp() * of_vocabulary + copied * of_pointing + FLOOR).log(),
            (copied + FLOOR).log().masked_fill(~alike.any(dim=-1), 0.0),
            surest,
        )

    def with_letters_added(self) -> Network:
        """A copy that predicts the same, sooner: the letters are in the tokens' own vectors."""
        copy = deepcopy(self)
        with torch.no_grad():
            for name in TABLES:
                table: TokenTable = getattr(copy, name)
                table.weight.copy_(table.vectors(copy.spelling))
        copy.letters_are_added()
        return copy

    def letters_are_added(self) -> None:
        """Forgets the letters' vectors: the tokens' own hold them."""
        for name in TABLES:
            getattr(self, name).letters = None

    def letters_from_zero(self) -> Network:
        """Gives letters that were added vectors of zero again, to be trained; returns itself."""
        for name in TABLES:
            table: TokenTable = getattr(self, name)
            if table.letters is None:
                table.letters = nn.Parameter(
                    table.weight.new_zeros(SPELLED * SIGNS, self.shape.width)
                )
        return self

    def parameter_count(self) -> int:
        """How many numbers predict; the tied head counts once, and letters are in their tokens."""
        learnt = dict(self.named_parameters())
        return sum(learnt[name].numel() for name in learnt if not name.endswith("letters"))
