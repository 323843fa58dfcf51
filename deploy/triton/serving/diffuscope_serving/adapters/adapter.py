"""What every adapter gives."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import torch

from diffuscope_serving.card import Card
from diffuscope_serving.denoiser import Denoiser


class Adapter(Protocol):
    """One model: where its weights come from, what it is, how it is loaded."""

    name: str
    """Its folder's name in the model repository."""
    hub: str | None
    """The weights' repository on the hub; None where they ship with this project."""
    revision: str | None
    """The commit of it that is fetched."""

    def card(self, folder: Path, device: torch.device) -> Card:
        """What the page must know, read from the weights' folder."""
        ...

    def load(self, folder: Path, device: torch.device) -> Denoiser:
        """The model, ready to predict."""
        ...

    def tokenizer_file(self, folder: Path) -> Path:
        """The tokenizer.json whose ids the model reads; written first where only its parts ship."""
        ...
