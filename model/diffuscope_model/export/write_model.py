"""Writes a network into a folder: graphs, weights, tokenizer, manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from diffuscope_model.export.denoise_graph import denoise_graph
from diffuscope_model.export.extend_graph import CONTEXT, cache_shape, extend_graph
from diffuscope_model.export.layers import Parts, Precision
from diffuscope_model.export.prediction import TOP_K
from diffuscope_model.export.self_check import self_check
from diffuscope_model.export.sessions import Exported
from diffuscope_model.export.weights_file import WeightsFile
from diffuscope_model.network.network import Network
from diffuscope_model.tokenizer.item import CANVASES
from diffuscope_model.tokenizer.vocabulary import (
    ASSISTANT,
    END,
    MASK,
    NEVER_PREDICTED,
    PAD,
    USER,
    encode_prompt,
    load_tokenizer,
)

WINDOWS = (64, 96, 128, 192)
"""A pass costs what its window costs, so the short ones are for short prompts."""
DEFAULT_CANVAS = 80
CHECK_PROMPT = "Tell me a story about Mira and a red kite."


def write_model(
    network: Network, name: str, folder: Path, tokenizer: Path, precision: Precision = "int8"
) -> dict[str, Any]:
    """Writes all files of a model; returns its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    shape = network.shape
    parts, weights = Parts(network.with_letters_added(), precision), WeightsFile("weights.bin")
    windows = [window for window in WINDOWS if window <= shape.window]
    graphs = {f"denoise-{window}.onnx": denoise_graph(parts, window, weights) for window in windows}
    graphs["extend.onnx"] = extend_graph(parts, weights)
    # For servers; the page never asks for them.
    for window in windows:
        graphs[f"serve-{window}.onnx"] = denoise_graph(parts, window, weights, "batch")
    for file, model in graphs.items():
        (folder / file).write_bytes(model.SerializeToString(deterministic=True))
    weights.write(folder)
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")

    of_weights = entry(folder / "weights.bin")
    manifest: dict[str, Any] = {
        "version": 1,
        "name": name,
        "revision": of_weights["sha256"][:12],
        "parameters": network.parameter_count(),
        "precision": precision,
        "license": "Apache-2.0",
        "tokenizer": entry(folder / "tokenizer.json"),
        "weights": of_weights,
        "graphs": {
            "denoise": [
                {"window": window, **entry(folder / f"denoise-{window}.onnx")} for window in windows
            ],
            "extend": {
                "window": shape.window,
                "context": CONTEXT,
                "cache": cache_shape(shape, shape.window),
                **entry(folder / "extend.onnx"),
            },
            "serve": [
                {"window": window, **entry(folder / f"serve-{window}.onnx")} for window in windows
            ],
        },
        "vocabulary": {
            "size": shape.vocabulary,
            "mask": MASK,
            "end": END,
            "pad": PAD,
            "suppressed": list(NEVER_PREDICTED),
        },
        "template": {"before": [USER], "after": [ASSISTANT]},
        "shift": 1,
        "topK": TOP_K,
        "canvas": {"default": DEFAULT_CANVAS, "choices": list(CANVASES)},
    }
    write_manifest(folder, manifest)
    prompt = encode_prompt(load_tokenizer(tokenizer), CHECK_PROMPT)
    manifest["golden"] = self_check(Exported(folder), prompt)
    write_manifest(folder, manifest)
    return manifest


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """`manifest.json`."""
    (folder / "manifest.json").write_text(json.dumps(manifest) + "\n", "utf-8")


def entry(path: Path) -> dict[str, Any]:
    """A file's name, size and hash."""
    content = path.read_bytes()
    return {
        "file": path.name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
