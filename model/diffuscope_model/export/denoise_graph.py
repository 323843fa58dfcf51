"""The denoiser: every position sees every other, for one fixed window."""

from __future__ import annotations

from typing import Literal

import numpy as np
from onnx import ModelProto, TensorProto

from diffuscope_model.export.graph import CONTRIB, Graph
from diffuscope_model.export.layers import TOP_K, Parts
from diffuscope_model.export.weights_file import WeightsFile
from diffuscope_model.vocabulary import PAD


def denoise_graph(
    parts: Parts, window: int, weights: WeightsFile, batch: Literal[1, "batch"] = 1
) -> ModelProto:
    """`input_ids` int32 [1, window] and `attention_bias` float [1, 1, 1, window] to `packed`.

    The bias is 0 for real tokens and -10000 for padding. `packed` is [1, window, 2 k + 2], see
    `Parts.packed`; its row j is about token j + 1. With `batch="batch"` the first axis of all
    three is free: a server joins the steps of several runs in one pass.
    """
    shape = parts.shape
    graph = Graph("denoise", weights)
    ids = graph.input("input_ids", TensorProto.INT32, [batch, window])
    bias = graph.input("attention_bias", TensorProto.FLOAT, [batch, 1, 1, window])
    bias = graph.add("Expand", bias, graph.constant([1, 1, window, window]))
    cosine = graph.weight("cosine", parts.array("cosine"))
    sine = graph.weight("sine", parts.array("sine"))

    if batch == 1:
        before = graph.constant(np.full((1, 2), PAD, np.int32))
        shifted = graph.add("Concat", before, ids, axis=1)
    else:
        # Pads whatever the batch is; the page's graphs do without it, as GPUs pad no integers.
        pad = graph.constant(np.array(PAD, np.int32))
        shifted = graph.add("Pad", ids, graph.constant([0, 2, 0, 0]), pad)

    def earlier(by: int) -> str:
        # A Gather, as GPUs have no Slice of integers: it would cost a round trip to the CPU.
        places = np.arange(2 - by, 2 - by + window, dtype=np.int32)
        return graph.add("Gather", shifted, graph.constant(places), axis=1)

    near = graph.add(
        "Add",
        parts.gather(graph, "previous", earlier(1)),
        parts.gather(graph, "before_previous", earlier(2)),
    )
    token = parts.gather(graph, "token", ids)
    normed, x = parts.add_and_norm(graph, token, near, "layers.0.attention_norm")

    for index in range(shape.layers):
        layer = f"layers.{index}"
        mixed = parts.multiply(graph, normed, f"{layer}.query_key_value")
        query, key, value = graph.add("Split", mixed, outputs=3, axis=-1)
        attended = graph.add(
            "MultiHeadAttention",
            parts.rotate(graph, query, cosine, sine),
            parts.rotate(graph, key, cosine, sine),
            value,
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
            normed, _ = parts.add_and_norm(graph, x, more, "final_norm")
    graph.output("packed", parts.packed(graph, normed), [batch, window, 2 * TOP_K + 2])
    return graph.model()
