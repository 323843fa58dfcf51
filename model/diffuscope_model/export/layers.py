"""The parts that both graphs are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto

from diffuscope_model.attention import HIDDEN_BIAS
from diffuscope_model.export.graph import CONTRIB, Graph
from diffuscope_model.export.quantise import ZERO, quantise
from diffuscope_model.network import FLOOR, Network, Shape
from diffuscope_model.vocabulary import SPECIAL

Precision = Literal["int8", "fp32"]
TOP_K = 16
SORTED_AT_ONCE = 2048
"""The longest row that a workgroup of the WebGPU runtime sorts in its own memory."""


@dataclass(frozen=True)
class Parts:
    """A network's weights and how they are stored."""

    network: Network
    precision: Precision

    @property
    def shape(self) -> Shape:
        return self.network.shape

    def array(self, name: str) -> NDArray[np.float32]:
        """A parameter or buffer by its name."""
        values = {**dict(self.network.named_parameters()), **dict(self.network.named_buffers())}
        return values[name].detach().to(torch.float32).cpu().numpy()

    def matrix(self, graph: Graph, name: str) -> str:
        """The parameter `name`, [rows, columns], in float32.

        Bytes are turned back into floats by nodes that have constant inputs only: the runtime
        computes them once, at load. On CPUs and in WASM that is faster than the operators on
        8-bit weights (an autoregressive token takes a third of the time), and needs none of them.
        """
        matrix = self.array(f"{name}.weight")
        if self.precision == "fp32":
            return graph.weight(name, matrix)
        stored, scales = quantise(matrix)
        steps = graph.add("Cast", graph.weight(f"{name}.bytes", stored), to=TensorProto.FLOAT)
        steps = graph.add("Sub", steps, graph.constant(np.full(1, ZERO, np.float32)))
        scaled = graph.add("Mul", steps, graph.weight(f"{name}.scales", scales[:, :, None]))
        return graph.add("Reshape", scaled, graph.constant(list(matrix.shape)))

    def gather(self, graph: Graph, name: str, ids: str) -> str:
        """Rows [..., width] of the table `name` for ids [...]."""
        return graph.add("Gather", self.matrix(graph, name), ids)

    def multiply(self, graph: Graph, x: str, name: str) -> str:
        """x [..., in] times the matrix `name` [out, in]; its transposing, too, is done at load."""
        return graph.add("MatMul", x, graph.add("Transpose", self.matrix(graph, name), perm=[1, 0]))

    def add_and_norm(self, graph: Graph, x: str, more: str, name: str) -> tuple[str, str]:
        """x + more, and its RMSNorm with the gain `name`, in one node; the norm comes first."""
        normed, _, _, total = graph.add(
            "SkipSimplifiedLayerNormalization",
            x,
            more,
            graph.weight(name, self.array(f"{name}.weight")),
            outputs=4,
            domain=CONTRIB,
            epsilon=self.shape.epsilon,
        )
        return normed, total

    def rotate(self, graph: Graph, x: str, cosine: str, sine: str) -> str:
        """Rotary positions for x [1, length, width]; row j turns by row j of the tables."""
        return graph.add(
            "RotaryEmbedding",
            x,
            graph.constant([0]),
            cosine,
            sine,
            domain=CONTRIB,
            num_heads=self.shape.heads,
        )

    def feed_forward(self, graph: Graph, x: str, layer: str) -> str:
        """SwiGLU of x [1, length, width]."""
        gate, up = graph.add(
            "Split", self.multiply(graph, x, f"{layer}.gate_up"), outputs=2, axis=-1
        )
        # With alpha 1 this is SiLU, in one node.
        silu = graph.add("QuickGelu", gate, domain=CONTRIB, alpha=1.0)
        return self.multiply(graph, graph.add("Mul", silu, up), f"{layer}.down")

    def norm(self, graph: Graph, x: str, name: str) -> str:
        """RMSNorm of x with the gain `name`."""
        gain = graph.weight(name, self.array(f"{name}.weight"))
        return graph.add(
            "SimplifiedLayerNormalization", x, gain, axis=-1, epsilon=self.shape.epsilon
        )

    def by_head(self, graph: Graph, x: str, perm: Sequence[int]) -> str:
        """x [1, length, width] as [1, length, heads, head width], its axes then in order `perm`."""
        heads = graph.constant([0, -1, self.shape.heads, self.shape.head_width])
        return graph.add("Transpose", graph.add("Reshape", x, heads), perm=list(perm))

    def pointer_key(self, graph: Graph, middle: str, cosine: str, sine: str) -> str:
        """The pointer's keys of the stream half-way, [1, length, width]."""
        key = self.multiply(graph, self.norm(graph, middle, "pointer.key_norm"), "pointer.key")
        return self.rotate(graph, key, cosine, sine)

    def pointed(
        self, graph: Graph, normed: str, query: str, key: str, ids: str, bias: str
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
        scale = graph.constant(np.full(1, self.shape.head_width**-0.5, np.float32))
        turned = self.by_head(graph, graph.add("Mul", query, scale), (0, 2, 1, 3))
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
        gates = graph.add("Softmax", self.multiply(graph, normed, "pointer.gate"), axis=-1)
        sizes = graph.constant([1, self.shape.heads, self.shape.heads])
        own, *heads = graph.add("Split", gates, sizes, outputs=3, axis=-1)
        shares = [self._of_heads(graph, weights, each) for each in heads]
        table = graph.weight("respaced", self.array("respaced").astype(np.int32))
        tokens = [ids, graph.add("Gather", table, ids)]
        joined = (graph.add("Concat", *each, axis=-1) for each in (shares, tokens))
        return own, *joined

    def _of_heads(self, graph: Graph, weights: str, shares: str) -> str:
        """Weights [1, heads, rows, length] by the heads' shares [1, rows, heads], added up."""
        shares = graph.add("Transpose", shares, perm=[0, 2, 1])
        shares = graph.add("Unsqueeze", shares, graph.constant([3]))
        weighted = graph.add("Mul", weights, shares)
        return graph.add("ReduceSum", weighted, graph.constant([1]), keepdims=0)

    def packed(self, graph: Graph, normed: str, pointed: tuple[str, str, str], rows: int) -> str:
        """Rows [1, rows, 2 k + 2]: k log-probabilities, k ids as floats, log-sum-exp, entropy.

        One small output, because each one that lands on the CPU costs a GPU a round trip. The ids
        become floats by a Gather: casting int64 would leave the GPU.
        """
        words = graph.add("Softmax", self.multiply(graph, normed, "token"), axis=-1)
        floor = graph.constant(np.full(1, FLOOR, np.float32))
        own, shares, tokens = pointed
        tokens = graph.add("Unsqueeze", tokens, graph.constant([1]))
        tokens = graph.add("Expand", tokens, graph.constant([1, rows, 1]))
        words = graph.add("Mul", words, own)
        mixed = graph.add("ScatterElements", words, tokens, shares, axis=2, reduction="add")
        probabilities = graph.add("Add", mixed, floor)
        logits = graph.add("Log", probabilities)
        values, ids = self._likeliest(graph, logits)
        last = graph.constant([-1])
        sum_of = graph.add("ReduceSum", probabilities, last, keepdims=1)
        products = graph.add("Mul", probabilities, logits)
        entropy = graph.add("Neg", graph.add("ReduceSum", products, last, keepdims=1))
        return graph.add("Concat", values, ids, graph.add("Log", sum_of), entropy, axis=-1)

    def _likeliest(self, graph: Graph, logits: str) -> tuple[str, str]:
        """The k greatest of the last axis and their ids as floats: of each block, then of those.

        A row of at most `SORTED_AT_ONCE` a GPU sorts in one dispatch, a longer one in dozens that
        go through its memory each.
        """
        size = self.shape.vocabulary
        blocks = next(n for n in range(-(-size // SORTED_AT_ONCE), size) if size % n == 0)
        split = graph.add("Reshape", logits, graph.constant([0, 0, blocks, -1]))
        values, places = self._top(graph, split)
        numbers = graph.constant(np.arange(size // blocks, dtype=np.float32))
        first = np.arange(0, size, size // blocks, dtype=np.float32)[:, None]
        ids = graph.add("Add", graph.add("Gather", numbers, places), graph.constant(first))
        values, ids = (
            graph.add("Reshape", each, graph.constant([0, 0, -1])) for each in (values, ids)
        )
        values, places = self._top(graph, values)
        return values, graph.add("GatherElements", ids, places, axis=-1)

    def _top(self, graph: Graph, x: str) -> tuple[str, str]:
        """The k greatest of the last axis, falling, and their places in int64."""
        count = graph.constant([TOP_K])
        return graph.add("TopK", x, count, outputs=2, axis=-1, largest=1, sorted=1)
