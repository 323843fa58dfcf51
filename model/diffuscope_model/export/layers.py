"""The parts that both graphs are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto

from diffuscope_model.export.graph import CONTRIB, Graph
from diffuscope_model.export.quantise import ZERO, quantise
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape

Precision = Literal["int8", "fp32"]


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

    def attend(self, graph: Graph, query: str, key: str, value: str, bias: str) -> str:
        """Attention [1, length, width] with an additive bias."""
        return graph.add(
            "MultiHeadAttention",
            query,
            key,
            value,
            "",
            "",
            bias,
            domain=CONTRIB,
            num_heads=self.shape.heads,
        )

    def through_layers(
        self,
        graph: Graph,
        token: str,
        near: str,
        attend: Callable[[str, str, str], str],
        of_interest: Callable[[str], str] = lambda x: x,
    ) -> tuple[str, str]:
        """All layers over the embedding token + near, [1, length, width].

        Args:
            attend: from a layer's query, key and value, not rotated, to what was attended to.
            of_interest: takes the rows that are predicted from, before the last norm.

        Returns:
            The last layer's normed rows, and the stream before `Shape.key_layer`.
        """
        normed, x = self.add_and_norm(graph, token, near, "layers.0.attention_norm")
        middle = x
        for index in range(self.shape.layers):
            layer = f"layers.{index}"
            if index == self.shape.key_layer:
                middle = x
            mixed = self.multiply(graph, normed, f"{layer}.query_key_value")
            attended = attend(*graph.add("Split", mixed, outputs=3, axis=-1))
            more = self.multiply(graph, attended, f"{layer}.attention_out")
            normed, x = self.add_and_norm(graph, x, more, f"{layer}.feed_forward_norm")
            more = self.feed_forward(graph, normed, layer)
            if index + 1 < self.shape.layers:
                normed, x = self.add_and_norm(graph, x, more, f"layers.{index + 1}.attention_norm")
        normed, _ = self.add_and_norm(graph, of_interest(x), of_interest(more), "final_norm")
        return normed, middle

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
