"""Reads a folder back: what ships is what is kept, and what the next training starts from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from open_world.folder.names import parts_of
from open_world.folder.stream import unpack_nibbles
from open_world.network.int4 import BLOCK
from open_world.network.shape import Shape
from open_world.storing.stored import Stored


def read_folder(folder: Path) -> Stored:
    """What `write_folder` was given.

    Raises:
        ValueError: if a file is missing, or isn't the one that the manifest names.
    """
    file = folder / "manifest.json"
    if not file.exists():
        raise ValueError(f"There is no model in {folder}: {file.name} is missing.")
    manifest = json.loads(file.read_text("utf-8"))
    content = b"".join(_checked(folder, shard) for shard in manifest["weights"])
    config = json.loads(_checked(folder, manifest["config"]))
    stored = Stored(
        Shape(
            vocabulary=config["vocab_size"],
            width=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            key_heads=config["num_key_value_heads"],
            head_width=config["head_dim"],
            feed_forward=config["intermediate_size"],
            rope_base=config["rope_theta"],
            epsilon=config["rms_norm_eps"],
        )
    )
    codes: dict[str, list[torch.Tensor]] = {}
    scales: dict[str, list[torch.Tensor]] = {}
    for part in parts_of(stored.shape):
        tensor = manifest["tensors"][part.name]

        def array(where: dict, kind: type) -> np.ndarray:
            return np.frombuffer(content[where["offset"] :][: where["bytes"]], kind).copy()

        if tensor["form"] == "float32":
            stored.others[part.parameter] = torch.from_numpy(array(tensor["data"], np.float32))
            continue
        rows, columns = tensor["shape"]
        packed = array(tensor["data"], np.uint8).reshape(rows, columns // BLOCK, BLOCK // 2)
        codes.setdefault(part.parameter, []).append(torch.from_numpy(unpack_nibbles(packed)))
        halves = array(tensor["scales"], np.float16).reshape(rows, columns // BLOCK)
        scales.setdefault(part.parameter, []).append(torch.from_numpy(halves))
    stored.codes = {name: torch.cat(of) for name, of in codes.items()}
    stored.scales = {name: torch.cat(of) for name, of in scales.items()}
    return stored


def _checked(folder: Path, entry: dict) -> bytes:
    file = folder / entry["file"]
    if not file.exists():
        raise ValueError(f"{file} is missing: fetch the model anew.")
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ValueError(f"{file} is not the file that the manifest names: fetch the model anew.")
    return content
