"""Trains the network, for as long as one lets it; a second command cools it down.

    python -m diffuscope_model.training.train --out runs/first
    python -m diffuscope_model.training.train --out runs/first --cooldown 4000

The first runs until it is stopped (or `--steps`), writes `stable.pt` every few minutes and goes on
from it when started again. The second continues the latest `stable.pt` with a learning rate that
falls to zero and writes `final.pt`; interrupted, it goes on from `cooldown.pt`.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from dataclasses import replace
from pathlib import Path

import torch

from diffuscope_model.export.shipped import shipped_network
from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import Network
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import TOKENIZER_FILE, load_tokenizer, respaced, spelling
from diffuscope_model.training.schedule import Schedule
from diffuscope_model.training.stream import Pool
from diffuscope_model.training.temper import TEMPERATURE, temper
from diffuscope_model.training.trainer import Trainer


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and log")
    parser.add_argument(
        "--start-from",
        type=Path,
        help="what a new run's weights begin with: a final.pt, or a model's folder as it ships",
    )
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER_FILE)
    parser.add_argument("--steps", type=int, help="stop at this step (default: never)")
    parser.add_argument("--cooldown", type=int, default=0, help="steps of decay, then final.pt")
    parser.add_argument("--curriculum-steps", type=int, default=Schedule.curriculum)
    parser.add_argument("--peak-rate", type=float, default=Schedule.peak, help="factor on rates")
    parser.add_argument(
        "--own-canvases",
        action="store_true",
        help="mask most answers in the network's own order of decoding: for a last stage",
    )
    parser.add_argument("--precision", choices=("float32", "bf16"), default="bf16")
    parser.add_argument("--no-compile", action="store_true", help="run the layers uncompiled")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--batch-tokens", type=int, default=Pool.tokens, help="two such batches make a step"
    )
    parser.add_argument("--pool", type=int, default=Pool.size, help="examples sorted by length")
    parser.add_argument(
        "--workers", type=int, default=0, help="processes that write examples, for a GPU"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-minutes", type=float, default=5.0)
    parser.add_argument("--log-every", type=int, default=50, help="steps")
    parser.add_argument("--probe-every", type=int, default=1000, help="steps; 0 for never")
    parser.add_argument("--probe-examples", type=int, default=8, help="of each kind")
    for size in ("width", "layers", "heads", "feed_forward", "window"):
        name = f"--{size.replace('_', '-')}"
        parser.add_argument(name, type=int, default=getattr(Shape, size))
    return parser.parse_args()


def latest(folder: Path, cooling: bool) -> dict | None:
    """The checkpoint to go on from; None at the very start."""
    names = ("cooldown.pt", "stable.pt") if cooling else ("stable.pt",)
    for name in names:
        if (folder / name).exists():
            return checkpoint.load(folder / name)
    if cooling:
        raise SystemExit(f"{folder} has no stable.pt to cool down: train without --cooldown first.")
    return None


def start_of(path: Path) -> Network:
    """The network of a checkpoint, or of a folder that ships.

    What ships is tempered, and its letters are added to its tokens: both are taken back.
    """
    if path.is_dir():
        return temper(shipped_network(path).letters_from_zero(), 1 / TEMPERATURE)
    return checkpoint.network_of(checkpoint.load(path))


def main() -> None:
    """Command line."""
    options = parse()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    schedule = Schedule(curriculum=options.curriculum_steps, peak=options.peak_rate)
    saved = latest(options.out, options.cooldown > 0)
    if saved:
        network = checkpoint.network_of(saved)
    elif options.start_from:
        network = start_of(options.start_from)
    else:
        sizes = ("width", "layers", "heads", "feed_forward", "window")
        network = Network(Shape(**{size: getattr(options, size) for size in sizes}))
        network.start(options.seed)
    tokenizer = load_tokenizer(options.tokenizer)
    network.know_tokens(respaced(tokenizer), spelling(tokenizer))
    if options.cooldown:
        start = saved["cooldown_start"] or saved["step"]
        schedule = replace(schedule, cooldown_start=start, cooldown=options.cooldown)

    options.out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(
        network,
        tokenizer,
        schedule,
        seed=options.seed,
        half=options.precision == "bf16",
        compiled=not options.no_compile,
        batch_tokens=options.batch_tokens,
        pool_size=options.pool,
        workers=options.workers,
        own_canvases=options.own_canvases,
    )
    if saved:
        trainer.restore(saved)
    try:
        run(trainer, options)
    finally:
        trainer.stream.close()


def run(trainer: Trainer, options: argparse.Namespace) -> None:
    """Steps until told to stop, logging, probing and saving on the way."""
    last = options.steps
    if options.cooldown:
        last = trainer.schedule.cooldown_start + options.cooldown
    file = options.out / ("cooldown.pt" if options.cooldown else "stable.pt")
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: told.append(got))
    saved_at = time.monotonic()
    with (options.out / "log.jsonl").open("a", encoding="utf-8", buffering=1) as log:

        def write(line: dict) -> None:
            log.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)

        while not told and (last is None or trainer.step < last):
            trainer.take_step()
            if trainer.step % options.log_every == 0:
                write(trainer.report())
            if options.probe_every and trainer.step % options.probe_every == 0:
                for line in trainer.probe(options.probe_examples):
                    write(line)
            if time.monotonic() - saved_at > 60 * options.save_minutes:
                trainer.save(file)
                saved_at = time.monotonic()
        trainer.save(file)
        if options.cooldown and trainer.step == last:
            checkpoint.save(options.out / "final.pt", trainer.network, step=trainer.step)
            write({"step": trainer.step, "final": "final.pt"})


if __name__ == "__main__":
    main()
