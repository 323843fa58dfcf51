"""The page's own weights in the network of the package in model/.

A milestone holds the network's structure and its weights before they were stored in 8 bits, rounded
to 16. Quantising these gives now and then another step than the page has, and another token with
it. So the structure comes from a milestone, and every weight from the file that the page loads.
Whether both belong together shows in the answer by which the page checks itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffuscope_model import checkpoint
from diffuscope_model.export.quantise import dequantise
from numpy.typing import NDArray

FURTHEST = 1e-2
"""Nats; another structure is tenths away, rounding a thousandth."""

MILESTONES = Path(checkpoint.__file__).parents[1] / "milestones"


def page_network(folder: Path, manifest: dict[str, Any], milestones: Path = MILESTONES) -> Any:
    """The network with the weights in `folder`.

    Raises:
        ValueError: if no milestone has these weights' structure.
    """
    stored = read_stored(folder / manifest["graphs"]["denoise"][0]["file"])
    for file in sorted(milestones.glob("*.pt")):
        network = checkpoint.network_of(checkpoint.load(file)).with_letters_added()
        own = network.state_dict()
        of_page = {name: page_weight(stored, name) for name in own if name != "spelling"}
        if any(page is None or page.shape != own[name].shape for name, page in of_page.items()):
            continue
        of_page = {name: torch.from_numpy(page) for name, page in of_page.items()}
        network.load_state_dict(own | of_page)
        if gap(network, manifest) < FURTHEST:
            return network
    raise ValueError(
        f"No milestone in {milestones} has the structure of the weights in {folder}: "
        "keep one of the training that they come from."
    )


@torch.inference_mode()
def gap(network: Any, manifest: dict[str, Any]) -> float:
    """How far the network is from the manifest's golden answer, in nats; four decimals are kept."""
    golden, k = manifest["golden"]["denoise"], manifest["topK"]
    packed = torch.tensor(golden["packed"], dtype=torch.float64)
    prompt, ids = golden["promptIds"], golden["promptIds"] + golden["answerIds"]
    logits = network(torch.tensor([ids]), "bidirectional", torch.ones(1, len(ids), dtype=bool))
    first = len(prompt) - manifest["shift"]
    rows = logits[0, first : first + len(packed)].double().log_softmax(dim=-1)
    expected = packed[:, :k] - packed[:, 2 * k, None]
    return (rows.gather(1, packed[:, k : 2 * k].long()) - expected).abs().max().item()


def read_stored(graph: Path) -> dict[str, NDArray]:
    """The arrays of a graph's weights file by their names."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(graph))
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def page_weight(stored: dict[str, NDArray], parameter: str) -> NDArray | None:
    """A parameter or buffer of the network as the page has it; None where its graphs have none."""
    name = parameter.removesuffix(".weight")
    if f"{name}.bytes" in stored:
        rows, blocks, width = stored[f"{name}.bytes"].shape
        scales = stored[f"{name}.scales"].reshape(rows, blocks)
        return dequantise(stored[f"{name}.bytes"], scales).reshape(rows, blocks * width)
    found = stored.get(parameter, stored.get(name))
    return None if found is None else np.array(found, dtype=np.float32)
