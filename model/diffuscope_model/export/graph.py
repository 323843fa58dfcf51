"""A small layer over the `onnx` helpers: nodes that name their outputs themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, ValueInfoProto, helper, numpy_helper

from diffuscope_model.export.weights_file import WeightsFile

OPSET = 17
CONTRIB = "com.microsoft"
IR_VERSION = 9


class Graph:
    """A graph in the making; values are their names."""

    def __init__(self, name: str, weights: WeightsFile) -> None:
        self.name = name
        self.weights = weights
        self._nodes: list = []
        self._constants: dict[tuple, str] = {}
        self._initializers: dict[str, TensorProto] = {}
        self._inputs: list[ValueInfoProto] = []
        self._outputs: list[ValueInfoProto] = []

    def input(self, name: str, kind: int, shape: Sequence[int | str]) -> str:
        """Declares an input; a word as a dimension is a free one."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name: str, value: str, shape: Sequence[int | str]) -> None:
        """Declares a float output and renames a value to it."""
        self._nodes.append(helper.make_node("Identity", [value], [name], name=name))
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def constant(self, value: NDArray | Sequence[int]) -> str:
        """A small constant inside the graph's own file; a sequence of ints is int64."""
        array = value if isinstance(value, np.ndarray) else np.array(value, np.int64)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self._constants:
            name = f"constant_{len(self._constants)}"
            self._constants[key] = name
            self._initializers[name] = numpy_helper.from_array(array, name)
        return self._constants[key]

    def weight(self, stored_as: str, array: NDArray, shape: tuple[int, ...] | None = None) -> str:
        """A constant in the shared file."""
        self._initializers[stored_as] = self.weights.tensor(stored_as, array, shape)
        return stored_as

    def add(self, op: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: Any):
        """Adds a node; returns its output's name, or a tuple of them where there are several."""
        base = f"{op}_{len(self._nodes)}"
        names = [base if outputs == 1 else f"{base}_{index}" for index in range(outputs)]
        self._nodes.append(
            helper.make_node(op, list(inputs), names, name=base, domain=domain, **attributes)
        )
        return names[0] if outputs == 1 else tuple(names)

    def model(self) -> ModelProto:
        """The finished model."""
        graph = helper.make_graph(
            self._nodes, self.name, self._inputs, self._outputs, [*self._initializers.values()]
        )
        return helper.make_model(
            graph,
            producer_name="diffuscope",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)],
        )
