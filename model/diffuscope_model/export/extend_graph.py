"""The autoregressive step: new tokens see a cache of earlier ones and each other causally."""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, TensorProto

from diffuscope_model.export.graph import CONTRIB, Graph
from diffuscope_model.export.layers import TOP_K, Parts
from diffuscope_model.export.weights_file import WeightsFile
from diffuscope_model.network import HIDDEN_BIAS

CONTEXT = 2
"""How many earlier ids stand before the new ones in `input_ids`: the embedding looks them up."""

NEVER = np.int32(2**30)
"""The position of what is not in the cache yet: later than every row."""


def extend_graph(parts: Parts, weights: WeightsFile) -> ModelProto:
    """New tokens and the cache to `packed` for the last of them and the cache with them in it.

    Inputs: `input_ids` int32 [1, 2 + new], the two ids before the new ones (padding where there
    are none) and the new ones; `positions` int32 [new], rising by one from the number of tokens in
    the cache; `past` float [2 layers, heads, window, head width], a key and a value for each layer,
    whatever the values beyond those tokens. Outputs: `packed` [1, 1, 2 k + 2], see `Parts.packed`,
    and `present`, shaped like `past`.
    """
    shape = parts.shape
    cache_shape = [2 * shape.layers, shape.heads, shape.window, shape.head_width]
    graph = Graph("extend", weights)
    context = graph.input("input_ids", TensorProto.INT32, [1, "context_and_new"])
    positions = graph.input("positions", TensorProto.INT32, ["new"])
    past = graph.input("past", TensorProto.FLOAT, cache_shape)

    cosine = graph.add("Gather", graph.weight("cosine", parts.array("cosine")), positions)
    sine = graph.add("Gather", graph.weight("sine", parts.array("sine")), positions)

    first = _slice(graph, positions, 0, 1, axis=0)
    slots = graph.constant(np.arange(shape.window, dtype=np.int32))
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
    token = parts.gather(graph, "token", _slice(graph, context, 2, 2**31 - 1, axis=1))
    normed, x = parts.add_and_norm(graph, token, near, "layers.0.attention_norm")

    added: list[str] = []
    by_head = graph.constant([1, -1, shape.heads, shape.head_width])
    for index in range(shape.layers):
        layer = f"layers.{index}"
        mixed = parts.multiply(graph, normed, f"{layer}.query_key_value")
        query, key, value = graph.add("Split", mixed, outputs=3, axis=-1)
        joined = []
        for place, new in enumerate((parts.rotate(graph, key, cosine, sine), value)):
            new = graph.add("Transpose", graph.add("Reshape", new, by_head), perm=[0, 2, 1, 3])
            slot = 2 * index + place
            old = _slice(graph, past, slot, slot + 1, axis=0)
            joined.append(graph.add("Concat", old, new, axis=2))
            added.append(new)
        attended = graph.add(
            "MultiHeadAttention",
            parts.rotate(graph, query, cosine, sine),
            *joined,
            "",
            "",
            bias,
            domain=CONTRIB,
            num_heads=shape.heads,
        )
        more = parts.multiply(graph, attended, f"{layer}.attention_out")
        normed, x = parts.add_and_norm(graph, x, more, f"{layer}.feed_forward_norm")
        more = parts.feed_forward(graph, normed, layer)
        if index + 1 < shape.layers:
            normed, x = parts.add_and_norm(graph, x, more, f"layers.{index + 1}.attention_norm")
        else:
            x = _slice(graph, x, -1, 2**31 - 1, axis=1)
            more = _slice(graph, more, -1, 2**31 - 1, axis=1)
            normed, _ = parts.add_and_norm(graph, x, more, "final_norm")

    # Each slot takes the new key or value whose position it is; slots still empty become 0.
    rows = graph.constant(np.arange(shape.window, dtype=np.int32)[:, None])
    chosen = graph.add("Cast", graph.add("Equal", rows, positions), to=TensorProto.FLOAT)
    spread = graph.add("MatMul", chosen, graph.add("Concat", *added, axis=0))
    kept = graph.add("Reshape", filled, graph.constant([-1, 1]))
    graph.output("packed", parts.packed(graph, normed), [1, 1, 2 * TOP_K + 2])
    graph.output("present", graph.add("Where", kept, past, spread), cache_shape)
    return graph.model()


def _slice(graph: Graph, x: str, start: int, stop: int, axis: int) -> str:
    """x from `start` to before `stop` along an axis; negative places count from the end."""
    bounds = (graph.constant([place]) for place in (start, stop, axis))
    return graph.add("Slice", x, *bounds)
