"""Runs exported graphs with onnxruntime, as the page does."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from diffuscope_model.export.extend_graph import CONTEXT
from diffuscope_model.network.attention import HIDDEN_BIAS
from diffuscope_model.tokenizer.vocabulary import PAD

Rows = NDArray[np.float32]


class Exported:
    """A folder with a manifest, graphs and weights."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
        self._options = onnxruntime.SessionOptions()
        self._options.intra_op_num_threads = threads
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}

    def _open(self, file: str) -> onnxruntime.InferenceSession:
        if file not in self._sessions:
            self._sessions[file] = onnxruntime.InferenceSession(
                str(self.folder / file), self._options, providers=["CPUExecutionProvider"]
            )
        return self._sessions[file]

    def denoise(self, prompt: list[int], answer: list[int], window: int | None = None) -> Rows:
        """A packed row for each position of the answer; the smallest window that fits."""
        ids = [*prompt, *answer]
        graphs = self.manifest["graphs"]["denoise"]
        fitting = [g for g in graphs if g["window"] >= len(ids) and window in (None, g["window"])]
        if not fitting:
            raise ValueError(f"no window fits {len(ids)} tokens: shorten the prompt or the canvas")
        graph = min(fitting, key=lambda g: g["window"])
        padding = graph["window"] - len(ids)
        bias = np.array([0.0] * len(ids) + [HIDDEN_BIAS] * padding, np.float32)
        (packed,) = self._open(graph["file"]).run(
            ["packed"],
            {
                "input_ids": np.array([ids + [PAD] * padding], np.int32),
                "attention_bias": bias[None, None, None],
            },
        )
        first = len(prompt) - self.manifest["shift"]
        return packed[0, first : first + len(answer)]

    @cached_property
    def empty_cache(self) -> NDArray[np.float32]:
        """`past` before the first token."""
        return np.zeros(self.manifest["graphs"]["extend"]["cache"], np.float32)

    def extend(
        self, before: list[int], new: list[int], past: NDArray[np.float32]
    ) -> tuple[Rows, NDArray[np.float32]]:
        """The packed row after the `new` tokens, which follow all of `before`, and the cache."""
        context = [*[PAD] * CONTEXT, *before][-CONTEXT:]
        window = past.shape[2]
        history = np.full((1, window), PAD, np.int32)
        history[0, : len(before)] = before
        packed, present = self._open(self.manifest["graphs"]["extend"]["file"]).run(
            ["packed", "present"],
            {
                "input_ids": np.array([context + new], np.int32),
                "positions": np.arange(len(before), len(before) + len(new), dtype=np.int32),
                "slots": np.arange(window, dtype=np.int32),
                "history": history,
                "past": past,
            },
        )
        return packed[0, 0], present
