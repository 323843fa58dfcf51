"""The one file of weights that all graphs of a model point into."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper

ALIGNMENT = 64
"""Bytes; wide enough for any vector load."""


class WeightsFile:
    """Collects arrays under names; an array that is asked for twice is stored once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._bytes = bytearray()
        self._places: dict[str, tuple[int, int]] = {}

    def tensor(
        self, stored_as: str, array: NDArray, shape: tuple[int, ...] | None = None
    ) -> TensorProto:
        """An initializer that points to the array, stored on first use under `stored_as`.

        Args:
            stored_as: the array's name in the file; the tensor has it, too.
            array: float32, uint8 or int32.
            shape: the tensor's shape, if it isn't the array's.
        """
        array = np.ascontiguousarray(array)
        if stored_as not in self._places:
            self._bytes += bytes(-len(self._bytes) % ALIGNMENT)
            self._places[stored_as] = (len(self._bytes), array.nbytes)
            self._bytes += array.tobytes()
        offset, length = self._places[stored_as]
        tensor = TensorProto(
            name=stored_as,
            data_type=helper.np_dtype_to_tensor_dtype(array.dtype),
            dims=shape or array.shape,
            data_location=TensorProto.EXTERNAL,
        )
        for key, value in (("location", self.name), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor

    def write(self, folder: Path) -> Path:
        """Writes the file into a folder; returns its path."""
        path = folder / self.name
        path.write_bytes(self._bytes)
        return path
