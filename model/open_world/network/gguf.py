"""Reads a GGUF file (the container of llama.cpp): its metadata and its tensors as float32."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"GGUF"
SCALARS = ("B", "b", "H", "h", "I", "i", "f", "?", None, None, "Q", "q", "d")
"""How `struct` reads a value, by the format's number of its type; 8 is a string, 9 an array."""
STRING, ARRAY = 8, 9
FLOAT32, Q4_1, Q8_0 = 0, 3, 8
BLOCK = 32


@dataclass(frozen=True)
class _Place:
    """Where a tensor lies; its shape has rows first."""

    shape: tuple[int, ...]
    kind: int
    offset: int


class GgufFile:
    """A file that is read whole; tensors are turned into float32 when they are asked for."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        self._at = 0
        if self._take(4) != MAGIC:
            raise ValueError(f"{path} is not a GGUF file.")
        version, tensors, entries = self._scalar("I"), self._scalar("Q"), self._scalar("Q")
        if version not in (2, 3):
            raise ValueError(f"{path} is a GGUF of version {version}; 2 and 3 can be read.")
        self.metadata: dict[str, Any] = {}
        for _ in range(entries):
            name = self._string()
            self.metadata[name] = self._value(self._scalar("I"))
        self._places: dict[str, _Place] = {}
        for _ in range(tensors):
            name, axes = self._string(), self._scalar("I")
            shape = tuple(self._scalar("Q") for _ in range(axes))
            self._places[name] = _Place(shape[::-1], self._scalar("I"), self._scalar("Q"))
        alignment = self.metadata.get("general.alignment", 32)
        self._start = self._at + -self._at % alignment

    def tensor(self, name: str) -> NDArray[np.float32]:
        """A tensor by its name.

        Raises:
            ValueError: if it is stored in a form that isn't known here.
        """
        place = self._places[name]
        count, start = int(np.prod(place.shape)), self._start + place.offset
        if place.kind == FLOAT32:
            values = np.frombuffer(self._bytes, np.float32, count, start).copy()
        elif place.kind == Q8_0:
            form = np.dtype([("scale", "<f2"), ("codes", "i1", BLOCK)])
            blocks = np.frombuffer(self._bytes, form, count // BLOCK, start)
            values = blocks["scale"].astype(np.float32)[:, None] * blocks["codes"]
        elif place.kind == Q4_1:
            form = np.dtype([("scale", "<f2"), ("least", "<f2"), ("codes", "u1", BLOCK // 2)])
            blocks = np.frombuffer(self._bytes, form, count // BLOCK, start)
            codes = np.concatenate([blocks["codes"] & 15, blocks["codes"] >> 4], axis=1)
            scale, least = (blocks[of].astype(np.float32)[:, None] for of in ("scale", "least"))
            values = scale * codes + least
        else:
            raise ValueError(f"{name} is stored as GGML type {place.kind}: use a Q4_1 file")
        return values.astype(np.float32).reshape(place.shape)

    def _take(self, count: int) -> bytes:
        self._at += count
        return self._bytes[self._at - count : self._at]

    def _scalar(self, form: str) -> Any:
        return struct.unpack(f"<{form}", self._take(struct.calcsize(f"<{form}")))[0]

    def _string(self) -> str:
        return self._take(self._scalar("Q")).decode("utf-8")

    def _value(self, kind: int) -> Any:
        if kind == STRING:
            return self._string()
        if kind == ARRAY:
            of, count = self._scalar("I"), self._scalar("Q")
            return [self._value(of) for _ in range(count)]
        form = SCALARS[kind]
        if form is None:
            raise ValueError(f"a GGUF value of type {kind} can't be read")
        return self._scalar(form)
