"""Trains both decoders' objectives and blocks on a cache; the last quarter learns the rounding.

    python -m open_world.train --folder runs/open --start-from runs/open/original.pt --first \\
        --out runs/open/first --steps 2000

The folder holds `tokenizer.json` and pairs. A run that was stopped goes on when started again; with
`--seconds` it ends in time on a machine that is lent for minutes. It writes `final.pt`, whose plain
rounding is what was trained: `python -m open_world.quantise --plain`.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer

from diffuscope_model.network import checkpoint
from open_world.evaluate import network_at
from open_world.measuring.held_out_losses import held_out_losses
from open_world.network.kept import cut, in_half, network_in
from open_world.network.llama import Llama
from open_world.pairs.choose import choose
from open_world.pairs.pair import Pair, read_pairs
from open_world.tasks.mixture import draw_pair
from open_world.tokens import MASK, load_tokenizer, template_of
from open_world.training.examples import Examples
from open_world.training.optimizers import RATES
from open_world.training.plan import Plan
from open_world.training.split import split
from open_world.training.trainer import Sizes, Trainer

TASKS = 0.15
"""The share of examples that are plain tasks."""
UNASKED = 0.05
"""The share of answers that are told without their prompt: a text with holes alone has none."""


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True, help="tokenizer.json and pairs")
    parser.add_argument("--start-from", type=Path, required=True, help="checkpoint or folder")
    parser.add_argument("--first", action="store_true", help="the weights never met a mask")
    parser.add_argument("--teacher", type=Path, help="checkpoint that teaches causal rows")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and log")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--warm-up", type=int, default=Plan.warm_up)
    parser.add_argument("--rounding-from", type=float, default=Plan.rounding_from)
    parser.add_argument("--optimizer", choices=RATES, default="adamw")
    parser.add_argument("--peak-rate", type=float, help="default: the optimizer's")
    parser.add_argument("--canvases", type=int, default=Sizes.canvases, help="examples a step")
    parser.add_argument("--blocks", type=int, default=Sizes.blocks, help="examples a step")
    parser.add_argument("--tasks", type=float, default=TASKS, help="share of plain tasks")
    parser.add_argument("--layers", type=int, help="the first so many alone: for rehearsals")
    parser.add_argument("--pairs", type=int, help="the first so many alone: for rehearsals")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log-every", type=int, default=20, help="steps")
    parser.add_argument("--save-minutes", type=float, default=5.0)
    parser.add_argument("--measured", type=int, default=4, help="batches kept apart; 0 for none")
    return parser.parse_args()


def with_tasks(pairs: list[Pair], tokenizer: Tokenizer, share: float, seed: int) -> Iterator[Pair]:
    """The pairs, some without their prompt, and plain tasks, which are a share of all."""
    random = Random(f"tasks {seed}")
    for pair in pairs:
        yield replace(pair, prompt=pair.prompt[:0]) if random.random() < UNASKED else pair
    for _ in range(round(len(pairs) * share / (1 - share))):
        yield draw_pair(random, tokenizer)


def begin(options: argparse.Namespace, device: torch.device) -> Llama:
    """The network that a new run starts from."""
    network = network_at(options.start_from)
    if options.layers:
        network = cut(network, options.layers)
    with torch.no_grad():
        if options.first:
            # A token that no text has is far from everything.
            network.token[MASK] = network.token.mean(dim=0)
    return network.to(device)


def teacher_at(options: argparse.Namespace, device: torch.device) -> Llama | None:
    """The network that teaches, in half precision on a GPU; none where none is named."""
    if not options.teacher:
        return None
    network = network_at(options.teacher)
    if options.layers:
        network = cut(network, options.layers)
    network.requires_grad_(False)
    return in_half(network, device) if device.type == "cuda" else network


def main() -> None:
    """Command line."""
    options = parse()
    torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = load_tokenizer(options.folder / "tokenizer.json")
    pairs, apart = split([*choose(read_pairs(options.folder), tokenizer, options.seed)])
    template = template_of(tokenizer)
    mixed = with_tasks(pairs[: options.pairs], tokenizer, options.tasks, options.seed)
    file = options.out / "training.pt"
    saved = checkpoint.load(file) if file.exists() else None
    network = network_in(saved).to(device) if saved else begin(options, device)
    trainer = Trainer(
        network,
        Examples(mixed, template, device),
        Plan(options.steps, options.seconds, options.warm_up, rounding_from=options.rounding_from),
        Sizes(options.canvases, options.blocks),
        options.optimizer,
        options.peak_rate or RATES[options.optimizer],
        options.seed,
        teacher_at(options, device),
    )
    if saved:
        trainer.restore(saved)
    run(trainer, Examples(apart, template, device), file, options)


def run(trainer: Trainer, apart: Examples, file: Path, options: argparse.Namespace) -> None:
    """Steps until the plan is fulfilled or it is told to stop, logging and saving on the way."""
    file.parent.mkdir(parents=True, exist_ok=True)
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: told.append(got))
    saved_at = time.monotonic()
    with (file.parent / "log.jsonl").open("a", encoding="utf-8", buffering=1) as log:

        def write(line: dict) -> None:
            log.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)

        while not told and not trainer.finished:
            trainer.take_step()
            if trainer.step % options.log_every == 0:
                write(trainer.report())
            if time.monotonic() - saved_at > 60 * options.save_minutes:
                trainer.save(file)
                saved_at = time.monotonic()
        trainer.save(file)
        if trainer.finished:
            checkpoint.save(file.parent / "final.pt", trainer.network, step=trainer.step)
            if options.measured:
                network = trainer.network.eval()
                for rounded in (False, True):
                    network.round_weights(rounded)
                    found = vars(held_out_losses(network, apart, options.measured))
                    write({"step": trainer.step, "apart": found, "rounded": rounded})


if __name__ == "__main__":
    main()
