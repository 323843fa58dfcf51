"""One token for each of many texts at once, over a cache that never moves: a step that a GPU can
record once and play again."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from diffuscope_model.network.attention import rotate
from open_world.network.llama import Llama
from open_world.tokens import SUPPRESSED


class StaticCache:
    """Keys and values [layers, texts, key heads, length, head width] of texts that are written side
    by side."""

    def __init__(self, network: Llama, texts: int, length: int) -> None:
        shape, like = network.shape, network.token
        self.network, self.length = network, length
        size = (shape.layers, texts, shape.key_heads, length, shape.head_width)
        self.keys = torch.zeros(size, dtype=like.dtype, device=like.device)
        self.values = torch.zeros_like(self.keys)
        self._text = torch.arange(texts, device=like.device)
        self._column = torch.arange(length, device=like.device)
        self._suppressed = torch.tensor(SUPPRESSED, device=like.device)

    def put(self, texts: Tensor, ids: list[int]) -> None:
        """Reads ids from left to right into the beginnings of some texts (booleans [texts])."""
        device, count = self._text.device, len(ids)
        place = torch.arange(count, device=device)
        visible = (place[None] <= place[:, None])[None]
        tensor = torch.tensor([ids], device=device)
        _, cached = self.network.states(tensor, place[None], visible)
        for layer, (key, value) in enumerate(cached):
            self.keys[layer, texts, :, :count] = key
            self.values[layer, texts, :, :count] = value

    def logits(self, ids: Tensor, positions: Tensor) -> Tensor:
        """Logits [texts, vocabulary] about what follows ids [texts], which stand at positions."""
        network, shape = self.network, self.network.shape
        x = F.embedding(ids, network.token)
        cosine, sine = (table[positions][:, None] for table in (network.cosine, network.sine))
        seen = (self._column <= positions[:, None])[:, None, None]
        split = [shape.heads, shape.key_heads, shape.key_heads]
        for place, layer in enumerate(network.all_layers()):
            mixed = layer.query_key_value(layer.attention_norm(x))
            query, key, value = mixed.view(len(ids), -1, shape.head_width).split(split, dim=1)
            query, key = (rotate(each, cosine, sine).to(x.dtype) for each in (query, key))
            self.keys[place, self._text, :, positions] = key
            self.values[place, self._text, :, positions] = value
            grouped = query.unflatten(1, (shape.key_heads, -1))
            scores = grouped @ self.keys[place].transpose(-1, -2) * shape.head_width**-0.5
            weights = scores.float().masked_fill(~seen, -torch.inf).softmax(dim=-1)
            attended = weights.to(x.dtype) @ self.values[place]
            x = x + layer.attention_out(attended.flatten(1))
            x = x + layer.down(layer.feed(layer.feed_forward_norm(x)))
        logits = network.logits(network.final_norm(x))
        return logits.index_fill(1, self._suppressed, -torch.inf)
