"""The published architecture in a few lines, to hold the library's classes against."""

from __future__ import annotations

import torch
from torch import Tensor


def forward(
    ids: Tensor, find: dict[str, Tensor], *, heads: int, kv_heads: int, base: float, epsilon: float
) -> Tensor:
    """Ids [length] to logits [length, vocabulary]; every position sees every other."""

    def norm(x: Tensor, name: str) -> Tensor:
        return x / (x.square().mean(-1, keepdim=True) + epsilon).sqrt() * find[name]

    def multiply(x: Tensor, name: str) -> Tensor:
        return x @ find[name].T + find.get(f"{name}.bias", torch.zeros(()))

    x = find["embedding"][ids]
    layers = sum(name.endswith(".query") for name in find)
    for layer in range(layers):
        of = f"{layer}."
        seen = norm(x, of + "before_attention")
        query, key, value = (
            multiply(seen, of + name).view(len(ids), count, -1).transpose(0, 1)
            for name, count in (("query", heads), ("key", kv_heads), ("value", kv_heads))
        )
        query, key = rotate(query, base), rotate(key, base)
        key, value = (t.repeat_interleave(heads // kv_heads, dim=0) for t in (key, value))
        weights = (query @ key.transpose(1, 2) / query.shape[-1] ** 0.5).softmax(-1)
        mixed = (weights @ value).transpose(0, 1).reshape(len(ids), -1)
        x = x + multiply(mixed, of + "out")
        seen = norm(x, of + "before_feed_forward")
        gate = torch.nn.functional.silu(multiply(seen, of + "gate"))
        x = x + multiply(gate * multiply(seen, of + "up"), of + "down")
    return norm(x, "last_norm") @ find["head"].T


def rotate(x: Tensor, base: float) -> Tensor:
    """Rotary positions of [heads, length, width]; a head's first half pairs with its second."""
    half = x.shape[-1] // 2
    angle = torch.arange(x.shape[1])[:, None] * base ** (-torch.arange(half) / half)
    first, second = x[..., :half], x[..., half:]
    cosine, sine = angle.cos(), angle.sin()
    return torch.cat((first * cosine - second * sine, second * cosine + first * sine), dim=-1)


PARTS_OF_LLADA = {
    "attn_norm": "before_attention",
    "ff_norm": "before_feed_forward",
    "q_proj": "query",
    "k_proj": "key",
    "v_proj": "value",
    "attn_out": "out",
    "ff_proj": "gate",
    "up_proj": "up",
    "ff_out": "down",
}
PARTS_OF_DREAM = {
    "input_layernorm": "before_attention",
    "post_attention_layernorm": "before_feed_forward",
    "self_attn.q_proj": "query",
    "self_attn.k_proj": "key",
    "self_attn.v_proj": "value",
    "self_attn.o_proj": "out",
    "mlp.gate_proj": "gate",
    "mlp.up_proj": "up",
    "mlp.down_proj": "down",
}


def named(tensors: dict[str, Tensor], layer: str, parts: dict, outer: dict) -> dict[str, Tensor]:
    """A checkpoint's tensors under the names used here."""
    found = {}
    for name, tensor in tensors.items():
        place, kind = name.rsplit(".", 1)
        suffix = ".bias" if kind == "bias" else ""
        if place.startswith(layer):
            number, part = place.removeprefix(layer).split(".", 1)
            found[f"{number}.{parts[part]}{suffix}"] = tensor
        else:
            found[outer[place]] = tensor
    return found
