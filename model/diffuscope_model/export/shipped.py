"""Reads the network out of a folder that `write_model` wrote: what ships is what is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from diffuscope_model.export.quantise import dequantise
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape


def shipped_network(folder: Path) -> Network:
    """The network with the very weights of the page, letters added, ready to predict.

    Raises:
        ValueError: if the folder holds no such model, or its graphs lack one of the weights.
    """
    file = folder / "manifest.json"
    if not file.exists():
        raise ValueError(f"There is no model in {folder}: {file.name} is missing.")
    manifest = json.loads(file.read_text("utf-8"))
    stored = _read_stored(folder / manifest["graphs"]["denoise"][0]["file"])
    network = Network(_shape(manifest, stored))
    network.letters_are_added()
    own = network.state_dict()
    for name in own:
        if name == "spelling":  # says nothing any more once letters are added
            continue
        weight = _weight(stored, name)
        if weight is None:
            raise ValueError(
                f"The graphs in {folder} have no {name}: export the model again with this code."
            )
        own[name] = torch.from_numpy(weight)
    network.load_state_dict(own)
    return network.eval()


def _shape(manifest: dict[str, Any], stored: dict[str, NDArray]) -> Shape:
    slots, heads, window, head_width = manifest["graphs"]["extend"]["cache"]
    gate_up = _weight(stored, "layers.0.gate_up.weight")
    if gate_up is None:
        raise ValueError("These graphs are of no network of this package: export the model again.")
    return Shape(
        vocabulary=manifest["vocabulary"]["size"],
        width=heads * head_width,
        layers=(slots - 1) // 2,
        heads=heads,
        feed_forward=len(gate_up) // 2,
        window=window,
    )


def _read_stored(graph: Path) -> dict[str, NDArray]:
    """The arrays of a graph's weights file by their names."""
    model = onnx.load(str(graph))
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def _weight(stored: dict[str, NDArray], parameter: str) -> NDArray | None:
    """A parameter or buffer of the network; None where the graphs have none."""
    name = parameter.removesuffix(".weight")
    if f"{name}.bytes" in stored:
        rows, blocks, width = stored[f"{name}.bytes"].shape
        scales = stored[f"{name}.scales"].reshape(rows, blocks)
        return dequantise(stored[f"{name}.bytes"], scales).reshape(rows, blocks * width)
    found = stored.get(parameter, stored.get(name))
    return None if found is None else np.array(found)
