"""One training run's state, and its steps."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import torch._dynamo
from tokenizers import Tokenizer

from diffuscope_model.corpus.mixture import KINDS
from diffuscope_model.measuring.held_out import hold_out
from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import Network
from diffuscope_model.training.objectives import draw_masks, losses, own_sureness
from diffuscope_model.training.optimizers import Optimizers
from diffuscope_model.training.probe import probe
from diffuscope_model.training.schedule import Schedule
from diffuscope_model.training.stream import Pool, Stream

BATCHES_A_STEP = 2
"""Of different lengths, so that a step sees several kinds though a batch has alike lengths."""
GRADIENT_CLIP = 1.0


class Trainer:
    """A network in training with its optimizers, its stream of batches and its meters.

    With `own_canvases` most answers are masked as the network's own decoding would leave them
    (`own_sureness`): a forward pass more, and worth it once the network is sure of something.
    """

    def __init__(
        self,
        network: Network,
        tokenizer: Tokenizer,
        schedule: Schedule,
        seed: int,
        half: bool,
        compiled: bool,
        batch_tokens: int = Pool.tokens,
        pool_size: int = Pool.size,
        workers: int = 0,
        own_canvases: bool = False,
    ) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = network.to(self.device).train()
        self.tokenizer, self.schedule, self.half = tokenizer, schedule, half
        self.own_canvases = own_canvases
        if compiled:
            # A layer is compiled once for all layers: on a CPU for each length, which makes the
            # faster code; on a GPU for all, as its minutes cost more.
            torch._dynamo.config.recompile_limit = 64
            for layer in self.network.layers:
                layer.compile(dynamic=self.device.type == "cuda")
        self.optimizers = Optimizers(self.network, half)
        pool = Pool(tokenizer, schedule.draw, seed, network.shape.window, batch_tokens, pool_size)
        self.stream = Stream(pool, workers)
        self.masks = torch.Generator().manual_seed(seed)
        self.step = self.tokens = self.sequences = 0
        self.seconds = 0.0
        self._forget()

    def take_step(self) -> None:
        """One optimizer step over a few batches; a token weighs the same in whichever batch."""
        began = time.perf_counter()
        for _ in range(BATCHES_A_STEP):
            batch = self.stream.next(self.step)
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.half):
                sureness = own_sureness(self.network, batch) if self.own_canvases else None
                masked = draw_masks(batch, self.masks, sureness)
                loss = losses(self.network, batch, masked)
            (loss.total / BATCHES_A_STEP).backward()
            for objective in ("causal", "masked"):
                self._since[objective].append(getattr(loss, objective))
            self.sequences += int((batch.segments[:, 0] == 0).sum())
            self.tokens += batch.ids.numel()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), GRADIENT_CLIP)
        self.optimizers.step(self.schedule.rate(self.step))
        self.step += 1
        self.seconds += time.perf_counter() - began

    def _forget(self) -> None:
        at = (self.tokens, self.seconds)
        self._since: dict[str, Any] = {"causal": [], "masked": [], "at": at}

    def report(self) -> dict[str, Any]:
        """Means since the last report: losses in nats; tokens count padding, too."""
        # Read first: only then has a GPU done what it was told to.
        means = {
            objective: round(torch.stack(self._since[objective]).nanmean().item(), 4)
            for objective in ("causal", "masked")
            if self._since[objective]
        }
        tokens, seconds = self._since["at"]
        line = {
            "step": self.step,
            "sequences": self.sequences,
            "tokens": self.tokens,
            "seconds": round(self.seconds, 1),
            "tokens_per_second": round((self.tokens - tokens) / (self.seconds - seconds)),
            "rate": round(self.schedule.rate(self.step), 4),
        }
        self._forget()
        return line | means

    def probe(self, examples: int) -> Iterator[dict[str, Any]]:
        """Losses and exactness on held-out examples, a line a kind."""
        self.network.eval()
        for kind in KINDS:
            held_out = hold_out(kind, self.tokenizer, examples, self.network.shape.window, seed=0)
            # Decoding meets many shapes once each: not worth compiling for.
            with (
                torch.compiler.set_stance("force_eager"),
                torch.autocast(self.device.type, torch.bfloat16, enabled=self.half),
            ):
                figures = probe(self.network, self.tokenizer, held_out)
            rounded = {name: round(value, 3) for name, value in figures.items()}
            yield {"step": self.step, "kind": kind.name, **rounded}
        self.network.train()

    def save(self, file: Path) -> None:
        """Writes all that `restore` needs."""
        checkpoint.save(
            file,
            self.network,
            optimizers=self.optimizers.state_dict(),
            stream=self.stream.state(),
            masks=self.masks.get_state(),
            step=self.step,
            tokens=self.tokens,
            sequences=self.sequences,
            seconds=self.seconds,
            cooldown_start=self.schedule.cooldown_start,
        )

    def restore(self, saved: dict[str, Any]) -> None:
        """Goes on where `save` was called; the network's weights are there already."""
        self.optimizers.load_state_dict(saved["optimizers"])
        self.stream.restore(saved["stream"])
        self.masks.set_state(saved["masks"])
        self.step, self.tokens = saved["step"], saved["tokens"]
        self.sequences, self.seconds = saved["sequences"], saved["seconds"]
        self._forget()
