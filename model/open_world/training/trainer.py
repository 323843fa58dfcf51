"""One run's state, and its steps."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch._dynamo

from diffuscope_model.network import checkpoint
from open_world.network.llama import Llama
from open_world.training.blocks_on_cache import LONGEST_DOUBLED, blocks_on_cache
from open_world.training.examples import LONGEST, Examples
from open_world.training.losses import losses
from open_world.training.mixtures import BLOCK_SIZES
from open_world.training.optimizers import Name, optimizers_of
from open_world.training.plan import Plan
from open_world.training.whole_canvases import whole_canvases

CAUSAL_WEIGHT = 0.3
"""Of the causal loss beside each masked one: the skill is there and is to be kept."""
TAUGHT_WEIGHT = 0.5
"""Of what the original says to causal rows, where it teaches."""
GRADIENT_CLIP = 1.0
OBJECTIVES = ("whole", "blocks", "causal", "taught")


@dataclass(frozen=True)
class Sizes:
    """Examples a step: as pairs of whole canvases, and as blocks on their own causal rows."""

    canvases: int = 128
    blocks: int = 144


class Trainer:
    """A network in training with its optimizers and meters."""

    def __init__(
        self,
        network: Llama,
        examples: Examples,
        plan: Plan,
        sizes: Sizes,
        optimizer: Name,
        rate: float,
        seed: int,
        teacher: Llama | None = None,
    ) -> None:
        self.teacher = teacher
        self.device = network.token.device
        self.on_gpu = self.device.type == "cuda"
        self.network, self.examples = network.train(), examples
        self.plan, self.sizes = plan, sizes
        if self.on_gpu:
            torch._dynamo.config.recompile_limit = 64
            for layer in network.layers:
                layer.compile(dynamic=False)
        self.optimizers = optimizers_of(network, optimizer, rate, half=self.on_gpu)
        # On the CPU, so that a checkpoint goes on anywhere.
        self.random = torch.Generator().manual_seed(seed)
        self.step = self.positions = 0
        self.seconds = 0.0
        self._since: list[torch.Tensor] = []

    @property
    def finished(self) -> bool:
        """Whether the plan is fulfilled."""
        return self.plan.done(self.step, self.seconds) >= 1

    def take_step(self) -> None:
        """One optimizer step over both kinds of rows."""
        began = time.perf_counter()
        self.network.round_weights(self.plan.rounds(self.step, self.seconds))
        size = BLOCK_SIZES[self.step % len(BLOCK_SIZES)]
        alike = not self.on_gpu
        canvases = self.examples.draw(self.sizes.canvases, self.random, alike)
        blocks = self.examples.draw(self.sizes.blocks, self.random, alike)
        told = []
        for rows, longest in (
            (whole_canvases(canvases, self.random), LONGEST),
            (blocks_on_cache(blocks, size, self.random), LONGEST_DOUBLED),
        ):
            # A compiled network meets one shape of each kind.
            laid_out = rows.padded(longest) if self.on_gpu else rows
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.on_gpu):
                loss = losses(self.network, laid_out, self.teacher)
            of_causal = CAUSAL_WEIGHT * loss.causal + TAUGHT_WEIGHT * loss.taught
            (loss.masked + of_causal).backward()
            told.append(torch.stack([loss.masked, loss.causal, loss.taught]).detach())
            self.positions += laid_out.ids.numel()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), GRADIENT_CLIP)
        self.optimizers.step(self.plan.rate(self.step, self.seconds))
        (whole, *_), of_blocks = told
        self._since.append(torch.cat([whole[None], of_blocks]))
        self.step += 1
        self.seconds += time.perf_counter() - began

    def report(self) -> dict[str, Any]:
        """Mean losses in nats since the last report, and how far it is."""
        means = torch.stack(self._since).float().mean(dim=0).tolist()
        self._since = []
        rounded = self.plan.rounds(self.step - 1, self.seconds)
        return {
            "step": self.step,
            "positions": self.positions,
            "seconds": round(self.seconds, 1),
            "rate": round(self.plan.rate(self.step, self.seconds), 4),
            "rounded": rounded,
            **{name: round(mean, 4) for name, mean in zip(OBJECTIVES, means, strict=True)},
        }

    def save(self, file: Path) -> None:
        """Writes all that `restore` needs."""
        checkpoint.save(
            file,
            self.network,
            optimizers=self.optimizers.state_dict(),
            random=self.random.get_state(),
            step=self.step,
            positions=self.positions,
            seconds=self.seconds,
        )

    def restore(self, saved: dict[str, Any]) -> None:
        """Goes on where `save` was called; the weights are there already."""
        self.optimizers.load_state_dict(saved["optimizers"])
        self.random.set_state(saved["random"])
        self.step, self.positions = saved["step"], saved["positions"]
        self.seconds = saved["seconds"]
