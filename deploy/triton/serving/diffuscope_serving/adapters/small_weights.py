"""The page's own weights in the network of the package in model/.

A milestone holds the network's structure and its weights before they were stored in 8 bits, rounded
to 16. Quantising these gives now and then another step than the page has, and another token with
it. So the structure comes from the milestone, and every weight from the file that the page loads.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffuscope_model import checkpoint
from diffuscope_model.export.quantise import dequantise
from numpy.typing import NDArray

MILESTONES = Path(checkpoint.__file__).parents[1] / "milestones"


def page_network(folder: Path, manifest: dict[str, Any], milestones: Path = MILESTONES) -> Any:
    """The network with the weights in `folder`.

    Raises:
        ValueError: if no milestone has these weights' structure.
    """
    stored = read_stored(folder / manifest["graphs"]["denoise"][0]["file"])
    for file in sorted(milestones.glob("*.pt")):
        network = checkpoint.network_of(checkpoint.load(file))
        if network.parameter_count() != manifest["parameters"]:
            continue
        of_page = {name: page_weight(stored, name) for name, _ in network.named_parameters()}
        fits = all(
            of_page[name] is not None and of_page[name].shape == tuple(weight.shape)
            for name, weight in network.named_parameters()
        )
        if fits and is_close(network, of_page):
            network.load_state_dict({k: torch.from_numpy(v) for k, v in of_page.items()})
            return network
    raise ValueError(
        f"No milestone in {milestones} has the structure of the weights in {folder}: "
        "keep the milestone that they were exported from."
    )


def is_close(network: Any, of_page: dict[str, NDArray]) -> bool:
    """Whether the page's weights are the network's, less what 8 bits took from them."""
    far = total = 0.0
    for name, weight in network.named_parameters():
        own = weight.detach().float().numpy()
        far += float(np.square(own - of_page[name]).sum())
        total += float(np.square(own).sum())
    return far < 1e-3 * total


def read_stored(graph: Path) -> dict[str, NDArray]:
    """The arrays of a graph's weights file by their names."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(graph))
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def page_weight(stored: dict[str, NDArray], parameter: str) -> NDArray | None:
    """One parameter of the network as the page has it; None where its graphs have none."""
    name = parameter.removesuffix(".weight")
    if f"{name}.bytes" in stored:
        rows, blocks, width = stored[f"{name}.bytes"].shape
        scales = stored[f"{name}.scales"].reshape(rows, blocks)
        return dequantise(stored[f"{name}.bytes"], scales).reshape(rows, blocks * width)
    found = stored.get(parameter, stored.get(name))
    return None if found is None else np.array(found, dtype=np.float32)
