"""Tiny random checkpoints and what PyTorch makes of them: they test the graphs the page writes.

    python -m open_world.write_graph_goldens ../src/engines/graph/goldens

One folder a form of storage, and in it `golden.json`: the rows that every kind of pass over a cache
must answer. The network is written out here once more, plainly and on its own, so that a mistake of
the real one can't pass into the numbers that it is judged by.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

LAYERS, WIDTH, HEADS, KEY_HEADS, HEAD_WIDTH, FEED_FORWARD, VOCABULARY = 2, 32, 6, 2, 32, 64, 160
EPSILON, THETA, TOP_K, BLOCK = 1e-5, 100_000.0, 4, 32
MASK, END = 5, 2
BEFORE, AFTER = [1, 30, 31], [2, 32]
PROMPT = [*BEFORE, 40, 41, 42, 43, *AFTER]
ANSWER = [50, MASK, MASK, 51, MASK, MASK]
NEXT = [50, 60, 61, 62]
CUT = 20_000
"""Bytes of a file of weights here, so that tensors cross cuts; a real model's has 16 million."""


@dataclass(frozen=True)
class Stored:
    """A tensor as it is stored, and the values that this means."""

    values: Tensor
    form: str
    data: np.ndarray
    scales: np.ndarray | None = None
    block: int | None = None


def store(name: str, values: Tensor, form: str) -> Stored:
    array = values.numpy()
    if array.ndim == 1:
        return Stored(values, "float32", array.astype("<f4"))
    if form == "float16":
        half = array.astype("<f2")
        return Stored(torch.from_numpy(half.astype(np.float32)), form, half)
    block = BLOCK if form == "int4" else array.shape[1]
    blocks = array.reshape(array.shape[0], -1, block)
    if form == "int4":
        at = np.abs(blocks).argmax(-1)[..., None]
        scales = (np.take_along_axis(blocks, at, -1) / -8).astype("<f2")
        codes = np.clip(np.round(blocks / scales.astype(np.float32)) + 8, 0, 15).astype(np.uint8)
        exact = (codes.astype(np.float32) - 8) * scales.astype(np.float32)
        data = codes[..., 0::2] | (codes[..., 1::2] << 4)
    else:
        scales = (np.abs(blocks).max(-1, keepdims=True) / 127).astype("<f4")
        data = np.round(blocks / scales).astype(np.int8)
        exact = data.astype(np.float32) * scales
    return Stored(torch.from_numpy(exact.reshape(array.shape)), form, data, scales, block)


def random_tensors() -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(7)

    def matrix(rows: int, columns: int) -> Tensor:
        return torch.randn(rows, columns, generator=generator) / math.sqrt(columns)

    def gain() -> Tensor:
        return 0.5 + torch.rand(WIDTH, generator=generator)

    tensors = {"model.embed_tokens.weight": 2 * matrix(VOCABULARY, WIDTH)}
    for layer in range(LAYERS):
        path = f"model.layers.{layer}"
        tensors[f"{path}.input_layernorm.weight"] = gain()
        tensors[f"{path}.self_attn.q_proj.weight"] = 2 * matrix(HEADS * HEAD_WIDTH, WIDTH)
        tensors[f"{path}.self_attn.k_proj.weight"] = 2 * matrix(KEY_HEADS * HEAD_WIDTH, WIDTH)
        tensors[f"{path}.self_attn.v_proj.weight"] = matrix(KEY_HEADS * HEAD_WIDTH, WIDTH)
        tensors[f"{path}.self_attn.o_proj.weight"] = matrix(WIDTH, HEADS * HEAD_WIDTH)
        tensors[f"{path}.post_attention_layernorm.weight"] = gain()
        tensors[f"{path}.mlp.gate_proj.weight"] = 2 * matrix(FEED_FORWARD, WIDTH)
        tensors[f"{path}.mlp.up_proj.weight"] = 2 * matrix(FEED_FORWARD, WIDTH)
        tensors[f"{path}.mlp.down_proj.weight"] = matrix(WIDTH, FEED_FORWARD)
    tensors["model.norm.weight"] = gain()
    return tensors


def rounded(x: Tensor) -> Tensor:
    """ONNX's DynamicQuantizeLinear and back: 8 bits, one scale for all rows of a pass."""
    low, high = min(0.0, float(x.min())), max(0.0, float(x.max()))
    step = np.float32(np.float32(high - low) / np.float32(255))
    zero = np.clip(np.rint(np.float32(0 - low) / step), 0, 255)
    return ((x / step).round() + zero).clamp(0, 255).sub(zero) * step


def rounded_rows(weight: Tensor) -> Tensor:
    step = weight.abs().amax(1, keepdim=True) / 127
    return (weight / step).round() * step


@dataclass
class Cache:
    """Keys and values of a text's beginning, by layer: [heads, tokens, width]."""

    keys: list[Tensor] = field(
        default_factory=lambda: [torch.zeros(KEY_HEADS, 0, HEAD_WIDTH)] * LAYERS
    )
    values: list[Tensor] = field(
        default_factory=lambda: [torch.zeros(KEY_HEADS, 0, HEAD_WIDTH)] * LAYERS
    )

    @property
    def length(self) -> int:
        return self.keys[0].shape[1]


def turned(x: Tensor, first: int) -> Tensor:
    """Rotary positions on [heads, tokens, width], halves against each other (arXiv 2104.09864)."""
    frequencies = THETA ** (-torch.arange(0, HEAD_WIDTH, 2).float() / HEAD_WIDTH)
    angles = torch.outer(torch.arange(first, first + x.shape[1]).float(), frequencies)
    cosine, sine = angles.cos(), angles.sin()
    left, right = x.chunk(2, -1)
    return torch.cat((left * cosine - right * sine, right * cosine + left * sine), -1)


class Reference:
    """A Llama by the book. With `integers` it rounds as the 8-bit products do."""

    def __init__(self, tensors: dict[str, Tensor], integers: bool) -> None:
        self.tensors, self.integers = tensors, integers

    def multiply(self, x: Tensor, name: str) -> Tensor:
        weight = self.tensors[f"{name}.weight"]
        return rounded(x) @ rounded_rows(weight).T if self.integers else x @ weight.T

    def norm(self, x: Tensor, name: str) -> Tensor:
        return functional.rms_norm(x, (WIDTH,), self.tensors[f"{name}.weight"], EPSILON)

    def read(self, ids: list[int], cache: Cache, sight: str) -> tuple[Tensor, Cache]:
        """Logits of the rows and the cache with them in it."""
        rows, grown, first = len(ids), Cache([], []), cache.length
        own = torch.ones(rows, rows).tril() if sight == "causal" else torch.ones(rows, rows)
        seen = torch.cat((torch.ones(rows, first), own), 1).bool()
        x = self.tensors["model.embed_tokens.weight"][torch.tensor(ids)]
        for layer in range(LAYERS):
            path = f"model.layers.{layer}"
            normed = self.norm(x, f"{path}.input_layernorm")
            query, key, value = (
                self.multiply(normed, f"{path}.self_attn.{part}_proj")
                .view(rows, -1, HEAD_WIDTH)
                .transpose(0, 1)
                for part in "qkv"
            )
            grown.keys.append(torch.cat((cache.keys[layer], turned(key, first)), 1))
            grown.values.append(torch.cat((cache.values[layer], value), 1))
            keys, values = (
                each[layer].repeat_interleave(HEADS // KEY_HEADS, 0)
                for each in (grown.keys, grown.values)
            )
            scores = turned(query, first) @ keys.transpose(1, 2) / math.sqrt(HEAD_WIDTH)
            weights = scores.masked_fill(~seen, -math.inf).softmax(-1)
            attended = (weights @ values).transpose(0, 1).reshape(rows, -1)
            x = x + self.multiply(attended, f"{path}.self_attn.o_proj")
            normed = self.norm(x, f"{path}.post_attention_layernorm")
            gate = functional.silu(self.multiply(normed, f"{path}.mlp.gate_proj"))
            opened = gate * self.multiply(normed, f"{path}.mlp.up_proj")
            x = x + self.multiply(opened, f"{path}.mlp.down_proj")
        return self.norm(x, "model.norm"), grown

    def packed(self, hidden: Tensor) -> list[list[float]]:
        logits = self.multiply(hidden, "model.embed_tokens")
        values, ids = logits.topk(TOP_K)
        log_sum = logits.logsumexp(-1, keepdim=True)
        entropy = torch.distributions.Categorical(logits=logits).entropy()[:, None]
        return torch.cat((values, ids.float(), log_sum, entropy), -1).tolist()


def template_cache(model: Reference) -> Cache:
    cache = Cache()
    for token in BEFORE:
        _, cache = model.read([token], cache, "causal")
    return cache


def golden(model: Reference) -> dict:
    """Rows of a canvas, of a text that is written, and of a block on the cache of a text."""
    start = template_cache(model)
    _, prompt = model.read(PROMPT[len(BEFORE) : -1], start, "causal")
    canvas, _ = model.read([PROMPT[-1], *ANSWER], prompt, "all")
    hidden, cache = model.read(PROMPT[len(BEFORE) :], start, "causal")
    written = model.packed(hidden[-1:])
    for token in NEXT:
        hidden, cache = model.read([token], cache, "causal")
        written += model.packed(hidden)
    block, _ = model.read([NEXT[-1], MASK, MASK, MASK], _without_last(cache), "all")
    return {
        "denoise": {
            "promptIds": PROMPT,
            "answerIds": ANSWER,
            "packed": model.packed(canvas[: len(ANSWER)]),
        },
        "extend": {"promptIds": PROMPT, "nextIds": NEXT, "packed": written},
        "block": {"ids": [NEXT[-1], MASK, MASK, MASK], "packed": model.packed(block[:3])},
    }


def _without_last(cache: Cache) -> Cache:
    return Cache(*([each[:, :-1] for each in part] for part in (cache.keys, cache.values)))


def write(folder: Path, form: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stream, table, values = bytearray(), {}, {}

    def put(array: np.ndarray) -> dict[str, int]:
        stream.extend(bytes(-len(stream) % 64))
        place = {"offset": len(stream), "bytes": array.nbytes}
        stream.extend(array.tobytes())
        return place

    for name, tensor in random_tensors().items():
        stored = store(name, tensor, form)
        values[name] = stored.values
        entry = {"form": stored.form, "shape": list(tensor.shape)}
        if stored.scales is not None:
            entry |= {"block": stored.block, "data": put(stored.data)}
            entry["scales"] = put(stored.scales) | {"type": stored.scales.dtype.name}
        else:
            entry["data"] = put(stored.data)
        table[name] = entry
    files = []
    for index, start in enumerate(range(0, len(stream), CUT)):
        file, content = f"weights-{index:02d}.bin", bytes(stream[start : start + CUT])
        (folder / file).write_bytes(content)
        files.append({"file": file, "bytes": len(content), "sha256": sha256(content).hexdigest()})
    config = {
        "model_type": "llama",
        "hidden_size": WIDTH,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "num_key_value_heads": KEY_HEADS,
        "head_dim": HEAD_WIDTH,
        "intermediate_size": FEED_FORWARD,
        "vocab_size": VOCABULARY,
        "rms_norm_eps": EPSILON,
        "rope_theta": THETA,
        "tie_word_embeddings": True,
    }
    none = {"file": "tokenizer.json", "bytes": 0, "sha256": ""}
    manifest = {
        "version": 2,
        "name": f"tiny-{form}",
        "revision": "tiny",
        "parameters": sum(tensor.numel() for tensor in values.values()),
        "precision": form,
        "license": "Apache-2.0",
        "config": none | {"file": "config.json"},
        "tokenizer": none,
        "weights": files,
        "tensors": table,
        "vocabulary": {
            "size": VOCABULARY,
            "mask": MASK,
            "end": END,
            "pad": END,
            "suppressed": [0, 1, 3, 4, MASK],
        },
        "template": {"before": BEFORE, "after": AFTER},
        "prompt": "causal",
        "shift": 1,
        "topK": TOP_K,
        "window": 48,
        "canvas": {"default": 6, "choices": [6]},
    }
    goldens = {"float32": golden(Reference(values, integers=False))}
    if form == "int8":
        goldens["int8"] = golden(Reference(values, integers=True))
    for name, content in (("config", config), ("manifest", manifest), ("golden", goldens)):
        (folder / f"{name}.json").write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    for form in ("float16", "int4", "int8"):
        write(Path(sys.argv[1]) / form, form)
