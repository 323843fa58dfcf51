"""A network in 4 bits: codes and scales of its matrices, everything else as it is."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from open_world.network.int4 import codes_of, in_blocks, plain_scales, values_of
from open_world.network.llama import Llama
from open_world.network.shape import Shape


@dataclass
class Stored:
    """What ships of a network.

    Attributes:
        codes: by parameter, uint8 [rows, columns / 32, 32], 0 to 15.
        scales: by parameter, float16 [rows, columns / 32].
        others: the norms, float32.
    """

    shape: Shape
    codes: dict[str, Tensor] = field(default_factory=dict)
    scales: dict[str, Tensor] = field(default_factory=dict)
    others: dict[str, Tensor] = field(default_factory=dict)

    def put(self, name: str, codes: Tensor, scales: Tensor) -> None:
        """Keeps a matrix: codes [rows, blocks, 32] and scales [rows, blocks, 1] as floats."""
        self.codes[name] = codes.to(torch.uint8)
        self.scales[name] = scales[..., 0].half()

    def matrix(self, name: str) -> Tensor:
        """What is left of a matrix, [rows, columns] in float32."""
        codes, scales = self.codes[name].float(), self.scales[name].float()[..., None]
        return values_of(codes, scales).flatten(1)

    def network(self) -> Llama:
        """The network as it predicts from what is stored."""
        network = Llama(self.shape)
        state = dict(self.others) | {name: self.matrix(name) for name in self.codes}
        network.load_state_dict(state)
        return network.eval()

    def save(self, file: Path) -> None:
        """Writes it whole or not at all."""
        half_written = file.with_suffix(".partial")
        with half_written.open("wb") as stream:
            torch.save({**vars(self), "shape": asdict(self.shape)}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        half_written.replace(file)


def load_stored(file: Path) -> Stored:
    """What `Stored.save` wrote."""
    saved = torch.load(file, map_location="cpu", weights_only=True)
    return Stored(**{**saved, "shape": Shape(**saved["shape"])})


@torch.no_grad()
def plainly_stored(network: Llama) -> Stored:
    """The network by plain rounding: what a last stage of training with rounding ships, and what
    others are measured against."""
    stored = Stored(network.shape)
    for name, weight in network.named_parameters():
        if weight.dim() == 2:
            blocks = in_blocks(weight.detach().cpu().float())
            scales = plain_scales(blocks)
            stored.put(name, codes_of(blocks, scales), scales)
        else:
            stored.others[name] = weight.detach().cpu().float()
    return stored
