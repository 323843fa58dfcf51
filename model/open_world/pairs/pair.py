"""A prompt with its answer, and files of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BETWEEN, ENDED, CUT = 1, 2, 0
"""What stands in a file after a prompt, after an answer that ended itself, after one that was cut;
none of them occurs within a text."""
IN_A_FILE = 12_000_000
"""Ids; such a file has about 15 MB."""


@dataclass(frozen=True)
class Pair:
    """Ids without any template.

    Attributes:
        ended: whether the answer ended itself.
        own: whether the original wrote the answer.
    """

    prompt: NDArray[np.uint16]
    answer: NDArray[np.uint16]
    ended: bool
    own: bool = True


def write_pairs(folder: Path, pairs: Iterable[Pair]) -> list[Path]:
    """Writes `pairs-N.z` files, behind those that are there; returns them."""
    folder.mkdir(parents=True, exist_ok=True)
    between = np.array([BETWEEN], np.uint16)
    flat = np.concatenate(
        [
            part
            for pair in pairs
            for part in (
                pair.prompt,
                between,
                pair.answer,
                np.array([ENDED if pair.ended else CUT], np.uint16),
            )
        ]
    )
    first = len(files_in(folder))
    written = []
    for place, start in enumerate(range(0, len(flat), IN_A_FILE)):
        file = folder / f"pairs-{first + place}.z"
        file.write_bytes(zlib.compress(flat[start : start + IN_A_FILE].tobytes(), 6))
        written.append(file)
    return written


def files_in(folder: Path) -> list[Path]:
    """The files of pairs in a folder, in their order."""
    return sorted(folder.glob("pairs-*.z"), key=lambda file: int(file.stem.split("-")[1]))


def read_pairs(folder: Path) -> Iterator[Pair]:
    """The pairs of all files; one may begin in a file and end in the next.

    Raises:
        FileNotFoundError: if there are none.
    """
    files = files_in(folder)
    if not files:
        raise FileNotFoundError(
            f"There are no pairs in {folder}: run `python -m open_world.write_pairs` first."
        )
    flat = np.concatenate(
        [np.frombuffer(zlib.decompress(file.read_bytes()), np.uint16) for file in files]
    )
    start = 0
    for end in np.flatnonzero((flat == ENDED) | (flat == CUT)):
        row = flat[start:end]
        between = int(np.flatnonzero(row == BETWEEN)[0])
        yield Pair(row[:between], row[between + 1 :], bool(flat[end] == ENDED))
        start = end + 1
