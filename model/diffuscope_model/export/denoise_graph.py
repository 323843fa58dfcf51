"""The denoiser, for one fixed window: each position of the answer sees every other."""

from __future__ import annotations

from typing import Literal

import numpy as np
from onnx import ModelProto, TensorProto

from diffuscope_model.export import prediction
from diffuscope_model.export.graph import Graph
from diffuscope_model.export.layers import Parts
from diffuscope_model.export.prediction import TOP_K
from diffuscope_model.export.weights_file import WeightsFile
from diffuscope_model.network.attention import HIDDEN_BIAS
from diffuscope_model.tokenizer.vocabulary import ASSISTANT, PAD


def denoise_graph(
    parts: Parts, window: int, weights: WeightsFile, batch: Literal[1, "batch"] = 1
) -> ModelProto:
    """`input_ids` int32 [1, window] and `attention_bias` float [1, 1, 1, window] to `packed`.

    The bias is 0 for real tokens and -10000 for padding. `packed` is [1, window, 2 k + 2], see
    `prediction.packed`; its row j is about token j + 1. With `batch="batch"` the first axis of all
    three is free: a server joins the steps of several runs in one pass.
    """
    graph = Graph("denoise", weights)
    ids = graph.input("input_ids", TensorProto.INT32, [batch, window])
    bias = graph.input("attention_bias", TensorProto.FLOAT, [batch, 1, 1, window])
    bias = graph.add("Add", bias, _leftwards_in_prompt(graph, ids, window))
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

    def attend(query: str, key: str, value: str) -> str:
        turned = [parts.rotate(graph, each, cosine, sine) for each in (query, key)]
        return parts.attend(graph, *turned, value, bias)

    normed, middle = parts.through_layers(graph, token, near, attend)
    query = parts.rotate(graph, parts.multiply(graph, normed, "pointer.query"), cosine, sine)
    key = parts.by_head(
        graph, prediction.pointer_key(parts, graph, middle, cosine, sine), (0, 2, 3, 1)
    )
    pointed = prediction.pointed(parts, graph, normed, query, key, ids, bias)
    packed = prediction.packed(parts, graph, normed, pointed, window)
    graph.output("packed", packed, [batch, window, 2 * TOP_K + 2])
    return graph.model()


def _leftwards_in_prompt(graph: Graph, ids: str, window: int) -> str:
    """The bias [1, 1, window, window] by which prompt rows see nothing right of them.

    The answer begins with the token that ends the template. Sums along the sequence are a product
    with a triangle: GPUs have no running sum.
    """
    place = np.arange(window, dtype=np.int32)
    right = graph.add("Less", graph.constant(place[:, None]), graph.constant(place[None]))
    right = graph.add("Cast", right, to=TensorProto.FLOAT)
    opens = graph.add("Equal", ids, graph.constant(np.full(1, ASSISTANT, np.int32)))
    opens = graph.add("Cast", opens, to=TensorProto.FLOAT)
    before = graph.add("MatMul", opens, right)
    count = graph.add("Add", before, opens)
    zero, one = (graph.constant(np.array(value, np.float32)) for value in (0, 1))
    prompt = graph.add("Sub", one, graph.add("Clip", count, zero, one))
    hidden = graph.add("Mul", prompt, graph.constant(np.full(1, HIDDEN_BIAS, np.float32)))
    row = graph.add("Unsqueeze", hidden, graph.constant([1, 3]))
    return graph.add("Mul", row, right)
