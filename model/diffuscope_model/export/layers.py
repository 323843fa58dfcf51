"""The parts that both graphs are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto

from diffuscope_model.export.graph import CONTRIB, Graph
from diffuscope_model.export.quantise import ZERO, quantise
from diffuscope_model.network import Network, Shape

Precision = Literal["int8", "fp32"]
TOP_K = 16


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

    def packed(self, graph: Graph, normed: str) -> str:
        """Rows [1, length, 2 k + 2]: k logits, k ids as floats, log-sum-exp, entropy in nats.

        One small output, because each one that lands on the CPU costs a GPU a round trip. The ids
        become floats by a Gather: casting int64 would leave the GPU.
        """
        logits = self.multiply(graph, normed, "token")
        values, places = graph.add(
            "TopK", logits, graph.constant([TOP_K]), outputs=2, axis=-1, largest=1, sorted=1
        )
        numbers = graph.constant(np.arange(self.shape.vocabulary, dtype=np.float32))
        ids = graph.add("Gather", numbers, places)
        probabilities = graph.add("Softmax", logits, axis=-1)
        highest = graph.add("ReduceMax", probabilities, axes=[-1], keepdims=1)
        top = graph.add(
            "Slice", values, graph.constant([0]), graph.constant([1]), graph.constant([2])
        )
        log_sum = graph.add("Sub", top, graph.add("Log", highest))
        mean = graph.add(
            "ReduceSum", graph.add("Mul", probabilities, logits), graph.constant([-1]), keepdims=1
        )
        entropy = graph.add("Sub", log_sum, mean)
        return graph.add("Concat", values, ids, log_sum, entropy, axis=-1)
