"""From the last layer's states to packed rows: pointer, vocabulary, the likeliest of both."""

from __future__ import annotations

import numpy as np

from diffuscope_model.export.graph import Graph
from diffuscope_model.export.layers import Parts
from diffuscope_model.network.attention import HIDDEN_BIAS
from diffuscope_model.network.network import FLOOR
from diffuscope_model.tokenizer.vocabulary import SPECIAL

TOP_K = 16
SORTED_AT_ONCE = 2048
"""The longest row that a workgroup of the WebGPU runtime sorts in its own memory."""


def pointer_key(parts: Parts, graph: Graph, middle: str, cosine: str, sine: str) -> str:
    """The pointer's keys of the stream half-way, [1, length, width]."""
    key = parts.multiply(graph, parts.norm(graph, middle, "pointer.key_norm"), "pointer.key")
    return parts.rotate(graph, key, cosine, sine)


def pointed(
    parts: Parts, graph: Graph, normed: str, query: str, key: str, ids: str, bias: str
) -> tuple[str, str, str]:
    """The vocabulary's share, the shares that are pointed, and the tokens they belong to.

    See `pointer.Pointer`; each position gives its token and the same with the other spacing.

    Args:
        normed: the last layer's normed states [1, rows, width].
        query: rotated, [1, rows, width].
        key: [1, heads, head width, length].
        ids: [1, length] int32, of the tokens that may be pointed at.
        bias: [1, 1, rows, length], as for attention.

    Returns:
        [1, rows, 1], [1, rows, 2 * length] and [1, 2 * length].
    """
    scale = graph.constant(np.full(1, parts.shape.head_width**-0.5, np.float32))
    turned = parts.by_head(graph, graph.add("Mul", query, scale), (0, 2, 1, 3))
    special = graph.add("Less", ids, graph.constant(np.full(1, SPECIAL, np.int32)))
    hidden = graph.add(
        "Where",
        special,
        graph.constant(np.full(1, HIDDEN_BIAS, np.float32)),
        graph.constant(np.zeros(1, np.float32)),
    )
    bias = graph.add("Add", bias, graph.add("Unsqueeze", hidden, graph.constant([1, 2])))
    scores = graph.add("Add", graph.add("MatMul", turned, key), bias)
    weights = graph.add("Softmax", scores, axis=-1)
    gates = graph.add("Softmax", parts.multiply(graph, normed, "pointer.gate"), axis=-1)
    sizes = graph.constant([1, parts.shape.heads, parts.shape.heads])
    own, *heads = graph.add("Split", gates, sizes, outputs=3, axis=-1)
    shares = [_of_heads(graph, weights, each) for each in heads]
    table = graph.weight("respaced", parts.array("respaced").astype(np.int32))
    tokens = [ids, graph.add("Gather", table, ids)]
    joined = (graph.add("Concat", *each, axis=-1) for each in (shares, tokens))
    return own, *joined


def _of_heads(graph: Graph, weights: str, shares: str) -> str:
    """Weights [1, heads, rows, length] by the heads' shares [1, rows, heads], added up."""
    shares = graph.add("Transpose", shares, perm=[0, 2, 1])
    shares = graph.add("Unsqueeze", shares, graph.constant([3]))
    weighted = graph.add("Mul", weights, shares)
    return graph.add("ReduceSum", weighted, graph.constant([1]), keepdims=0)


def packed(
    parts: Parts, graph: Graph, normed: str, pointed: tuple[str, str, str], rows: int
) -> str:
    """Rows [1, rows, 2 k + 2]: k log-probabilities, k ids as floats, log-sum-exp, entropy.

    One small output, because each one that lands on the CPU costs a GPU a round trip. The ids
    become floats by a Gather: casting int64 would leave the GPU.
    """
    words = graph.add("Softmax", parts.multiply(graph, normed, "token"), axis=-1)
    floor = graph.constant(np.full(1, FLOOR, np.float32))
    own, shares, tokens = pointed
    tokens = graph.add("Unsqueeze", tokens, graph.constant([1]))
    tokens = graph.add("Expand", tokens, graph.constant([1, rows, 1]))
    words = graph.add("Mul", words, own)
    mixed = graph.add("ScatterElements", words, tokens, shares, axis=2, reduction="add")
    probabilities = graph.add("Add", mixed, floor)
    logits = graph.add("Log", probabilities)
    values, ids = _likeliest(parts, graph, logits)
    last = graph.constant([-1])
    sum_of = graph.add("ReduceSum", probabilities, last, keepdims=1)
    products = graph.add("Mul", probabilities, logits)
    entropy = graph.add("Neg", graph.add("ReduceSum", products, last, keepdims=1))
    return graph.add("Concat", values, ids, graph.add("Log", sum_of), entropy, axis=-1)


def _likeliest(parts: Parts, graph: Graph, logits: str) -> tuple[str, str]:
    """The k greatest of the last axis and their ids as floats: of each block, then of those.

    A row of at most `SORTED_AT_ONCE` a GPU sorts in one dispatch, a longer one in dozens that
    go through its memory each.
    """
    size = parts.shape.vocabulary
    blocks = next(n for n in range(-(-size // SORTED_AT_ONCE), size) if size % n == 0)
    split = graph.add("Reshape", logits, graph.constant([0, 0, blocks, -1]))
    values, places = _top(graph, split)
    numbers = graph.constant(np.arange(size // blocks, dtype=np.float32))
    first = np.arange(0, size, size // blocks, dtype=np.float32)[:, None]
    ids = graph.add("Add", graph.add("Gather", numbers, places), graph.constant(first))
    values, ids = (graph.add("Reshape", each, graph.constant([0, 0, -1])) for each in (values, ids))
    values, places = _top(graph, values)
    return values, graph.add("GatherElements", ids, places, axis=-1)


def _top(graph: Graph, x: str) -> tuple[str, str]:
    """The k greatest of the last axis, falling, and their places in int64."""
    count = graph.constant([TOP_K])
    return graph.add("TopK", x, count, outputs=2, axis=-1, largest=1, sorted=1)
