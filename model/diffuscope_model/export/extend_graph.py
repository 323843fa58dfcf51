"""The autoregressive step: new tokens see a cache of earlier ones and each other causally."""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, TensorProto

from diffuscope_model.export import prediction
from diffuscope_model.export.graph import Graph
from diffuscope_model.export.layers import Parts
from diffuscope_model.export.prediction import TOP_K
from diffuscope_model.export.weights_file import WeightsFile
from diffuscope_model.network.attention import HIDDEN_BIAS
from diffuscope_model.network.shape import Shape

CONTEXT = 2
"""How many earlier ids stand before the new ones in `input_ids`: the embedding looks them up."""

TO_END = 2**31 - 1
"""A slice's end that is past every length."""

NEVER = np.int32(2**30)
"""The position of what is not in the cache yet: later than every row."""


def cache_shape(shape: Shape, tokens: int | str) -> list[int | str]:
    """[slots, heads, tokens, head width]: keys and values of each layer, the pointer's keys."""
    return [2 * shape.layers + 1, shape.heads, tokens, shape.head_width]


def extend_graph(parts: Parts, weights: WeightsFile) -> ModelProto:
    """New tokens and the cache to `packed` for the last of them and the cache with them in it.

    Inputs: `input_ids` int32 [1, 2 + new], the two ids before the new ones (padding where there
    are none) and the new ones; `positions` int32 [new], rising by one from the number of tokens in
    the cache; `slots` int32 [cached], rising by one from 0; `history` int32 [1, cached], the ids in
    the cache and padding beyond them; `past` float, see `cache_shape`, whatever the values beyond
    those tokens. Outputs: `packed` [1, 1, 2 k + 2], see `prediction.packed`, and `present`, shaped
    like `past`. How many tokens the cache has room for is free, up to the window: in WASM half of
    the time of a token goes into moving a cache of 192.
    """
    shape = parts.shape
    graph = Graph("extend", weights)
    context = graph.input("input_ids", TensorProto.INT32, [1, "context_and_new"])
    positions = graph.input("positions", TensorProto.INT32, ["new"])
    slots = graph.input("slots", TensorProto.INT32, ["cached"])
    history = graph.input("history", TensorProto.INT32, [1, "cached"])
    past = graph.input("past", TensorProto.FLOAT, cache_shape(shape, "cached"))

    cosine = graph.add("Gather", graph.weight("cosine", parts.array("cosine")), positions)
    sine = graph.add("Gather", graph.weight("sine", parts.array("sine")), positions)

    first = _slice(graph, positions, 0, 1, axis=0)
    filled = graph.add("Less", slots, first)
    cached = graph.add("Where", filled, slots, graph.constant(np.array([NEVER])))
    seen = graph.add("Concat", cached, positions, axis=0)
    column = graph.add("Reshape", positions, graph.constant([-1, 1]))
    visible = graph.add("LessOrEqual", seen, column)
    bias = graph.add(
        "Where",
        visible,
        graph.constant(np.zeros(1, np.float32)),
        graph.constant(np.full(1, HIDDEN_BIAS, np.float32)),
    )
    bias = graph.add("Unsqueeze", bias, graph.constant([0, 1]))

    near = graph.add(
        "Add",
        parts.gather(graph, "previous", _slice(graph, context, 1, -1, axis=1)),
        parts.gather(graph, "before_previous", _slice(graph, context, 0, -2, axis=1)),
    )
    ids = _slice(graph, context, 2, TO_END, axis=1)
    token = parts.gather(graph, "token", ids)

    added: list[str] = []

    def with_cached(new: str) -> str:
        new = parts.by_head(graph, new, (0, 2, 1, 3))
        slot = len(added)
        added.append(new)
        return graph.add("Concat", _slice(graph, past, slot, slot + 1, axis=0), new, axis=2)

    def attend(query: str, key: str, value: str) -> str:
        joined = [with_cached(new) for new in (parts.rotate(graph, key, cosine, sine), value)]
        return parts.attend(graph, parts.rotate(graph, query, cosine, sine), *joined, bias)

    def last(x: str) -> str:
        return _slice(graph, x, -1, TO_END, axis=1)

    normed, middle = parts.through_layers(graph, token, near, attend, last)
    at_last = [_slice(graph, table, -1, TO_END, axis=0) for table in (cosine, sine)]
    query = parts.rotate(graph, parts.multiply(graph, normed, "pointer.query"), *at_last)
    keys = with_cached(prediction.pointer_key(parts, graph, middle, cosine, sine))
    keys = graph.add("Transpose", keys, perm=[0, 1, 3, 2])
    tokens = graph.add("Concat", history, ids, axis=1)
    pointed = prediction.pointed(
        parts, graph, normed, query, keys, tokens, _slice(graph, bias, -1, TO_END, axis=2)
    )

    # Each slot takes the new key or value whose position it is; slots still empty become 0.
    rows = graph.add("Reshape", slots, graph.constant([-1, 1]))
    chosen = graph.add("Cast", graph.add("Equal", rows, positions), to=TensorProto.FLOAT)
    spread = graph.add("MatMul", chosen, graph.add("Concat", *added, axis=0))
    kept = graph.add("Reshape", filled, graph.constant([-1, 1]))
    packed = prediction.packed(parts, graph, normed, pointed, rows=1)
    graph.output("packed", packed, [1, 1, 2 * TOP_K + 2])
    graph.output("present", graph.add("Where", kept, past, spread), cache_shape(shape, "cached"))
    return graph.model()


def _slice(graph: Graph, x: str, start: int, stop: int, axis: int) -> str:
    """x from `start` to before `stop` along an axis; negative places count from the end."""
    bounds = (graph.constant([place]) for place in (start, stop, axis))
    return graph.add("Slice", x, *bounds)
