"""The model that ships with the page, by the very code that serves the big ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from diffuscope_serving.adapters.hub_card import describe
from diffuscope_serving.card import Card, Template, TokenizerFile, Vocabulary


class SmallDenoiser:
    """The network of the package in model/, with the weights that the page runs."""

    def __init__(self, network: Any, shift: int, device: torch.device) -> None:
        self.shift = shift
        self.device = device
        self._network = network.to(device).eval()

    def hidden(self, ids: Tensor, real: Tensor) -> Tensor:
        """The network gives logits; so small a vocabulary can be held whole."""
        return self._network(ids, "bidirectional", real)

    def logits(self, hidden: Tensor) -> Tensor:
        """They are the hidden states."""
        return hidden


class Small:
    """See the module. Its folder is the page's own: manifest, graphs, weights, tokenizer."""

    name = "diffuscope-small"
    hub = None
    revision = None

    def card(self, folder: Path, device: torch.device) -> Card:
        """What the page must know; all of it stands in the manifest."""
        manifest = read_manifest(folder)
        windows = [graph["window"] for graph in manifest["graphs"]["denoise"]]
        tokenizer = manifest["tokenizer"]
        return Card(
            name=manifest["name"],
            revision=manifest["revision"],
            parameters=manifest["parameters"],
            precision=manifest["precision"],
            device=describe(device),
            vocabulary=Vocabulary(**manifest["vocabulary"]),
            template=Template(**manifest["template"]),
            tokenizer=TokenizerFile(tokenizer["file"], tokenizer["sha256"]),
            window=min(max(windows), manifest["graphs"]["extend"]["window"]),
            buckets=windows,
            topK=manifest["topK"],
        )

    def tokenizer_file(self, folder: Path) -> Path:
        """It ships with the weights."""
        return folder / read_manifest(folder)["tokenizer"]["file"]

    def load(self, folder: Path, device: torch.device) -> SmallDenoiser:
        """The model."""
        from diffuscope_model.export.shipped import shipped_network

        # Its matrices are too small to share out: threads would wait for each other, nine times as
        # long as the work takes where other processes want the cores.
        torch.set_num_threads(1)
        shift = read_manifest(folder)["shift"]
        return SmallDenoiser(shipped_network(folder), shift, device)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder that the page loads.

    Raises:
        ValueError: if it isn't there.
    """
    file = folder / "manifest.json"
    if not file.exists():
        raise ValueError(f"There is no model in {folder}: {file.name} is missing.")
    return json.loads(file.read_text("utf-8"))


DIFFUSCOPE_SMALL = Small()
