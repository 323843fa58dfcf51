"""Measures how many held-out answers are right, by kind, decoder and forward passes, in PyTorch.

    python -m diffuscope_model.measuring.evaluate --checkpoint runs/first/final.pt \\
        --out runs/first/quality

writes `quality.json` and `quality.md`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import torch
from tokenizers import Tokenizer

from diffuscope_model.corpus.mixture import KINDS, kind_named
from diffuscope_model.export.quantise import as_stored
from diffuscope_model.measuring.calibration import calibration_error
from diffuscope_model.measuring.decode import (
    Choose,
    Decoded,
    commit_above,
    commit_surest,
    decode_autoregressive,
    decode_diffusion,
)
from diffuscope_model.measuring.held_out import HeldOut, hold_out
from diffuscope_model.measuring.marks import AUTOREGRESSIVE, Answer, mark, wrong_ones
from diffuscope_model.measuring.tables import as_summary, as_table
from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import Network
from diffuscope_model.tokenizer.vocabulary import TOKENIZER_FILE, decode_answer, load_tokenizer

THRESHOLD = 0.9
SHOWN = 3
"""Wrong answers that are kept of each kind and decoder."""

WEIGHTS: dict[str, Callable[[Network], Network]] = {
    "trained": lambda network: network,
    "stored": as_stored,
    "4-bit": partial(as_stored, bits=4),
    "fp16": lambda network: network.half().float(),
}
"""What is left of the weights: "stored" is as shipped, the others show what they would cost."""

Decoder = Callable[[Network, list[list[int]], int], list[Decoded]]


def _diffusion(choose: Choose) -> Decoder:
    return partial(decode_diffusion, choose=choose)


DECODERS: dict[tuple[str, float], Decoder] = {
    (AUTOREGRESSIVE, 1): decode_autoregressive,
    **{("low-confidence", count): _diffusion(commit_surest(count)) for count in (1, 2, 4)},
    ("threshold", THRESHOLD): _diffusion(commit_above(THRESHOLD)),
}
"""By name and budget, as in the curves of the page's own strategies."""


def answer_all(
    network: Network,
    held_out: HeldOut,
    decoder: str,
    budget: float,
    tokenizer: Tokenizer,
    batch: int,
) -> Iterator[Answer]:
    """Decodes the examples of a kind."""
    prompts = held_out.prompts
    decoded: list[Decoded] = []
    for start in range(0, len(prompts), batch):
        part = prompts[start : start + batch]
        decoded += DECODERS[decoder, budget](network, part, held_out.canvas)
    for index, (example, each) in enumerate(zip(held_out.examples, decoded, strict=True)):
        text = decode_answer(tokenizer, each.ids)
        yield Answer(
            kind=held_out.kind.name,
            index=index,
            prompt=example.prompt,
            decoder=decoder,
            budget=budget,
            answer=text,
            passes=each.passes,
            tokens=len(tokenizer.encode(text, add_special_tokens=False).ids),
        )


def main() -> None:
    """Command line."""
    names = {f"{name} {budget:g}": (name, budget) for name, budget in DECODERS}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="path of both files, no suffix")
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER_FILE)
    parser.add_argument("--kinds", nargs="+", default=[kind.name for kind in KINDS])
    parser.add_argument("--decoders", nargs="+", choices=names, default=list(names))
    parser.add_argument("--examples", type=int, default=200, help="of each kind")
    parser.add_argument("--canvas", type=int, help="positions (default: what the kind needs)")
    parser.add_argument("--weights", choices=WEIGHTS, default="stored")
    parser.add_argument("--precision", choices=("float32", "bf16"), default="float32")
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.tokenizer)
    network = WEIGHTS[options.weights](checkpoint.network_of(checkpoint.load(options.checkpoint)))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network.to(device)
    answers: list[Answer] = []
    examples, calibration = {}, {}
    for kind in options.kinds:
        held_out = hold_out(
            kind_named(kind),
            tokenizer,
            options.examples,
            network.shape.window,
            options.seed,
            options.canvas,
        )
        examples[kind] = held_out.examples
        with torch.autocast(device, torch.bfloat16, enabled=options.precision == "bf16"):
            for name in options.decoders:
                given = [*answer_all(network, held_out, *names[name], tokenizer, options.batch)]
                (point,) = mark(given, examples)
                print(f"{kind:18}{name:20}{point.right:6.1%} {point.passes:6.1f}", flush=True)
                answers += given
            calibration[kind] = calibration_error(network, held_out, options.batch)
    points = mark(answers, examples)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "checkpoint_parameters": network.parameter_count(),
        "weights": options.weights,
        "precision": options.precision,
        "calibration": calibration,
        "points": [asdict(point) for point in points],
        "wrong": wrong_ones(answers, examples, SHOWN),
    }
    options.out.with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    errors = ", ".join(f"{kind} {error:.3f}" for kind, error in calibration.items())
    options.out.with_suffix(".md").write_text(
        "Share of right answers on held-out prompts, and in brackets the mean forward passes.\n\n"
        + as_summary(points)
        + "\nExpected calibration error of the diffusion decoder, on partly masked right answers: "
        + errors
        + ".\n\n"
        + as_table(points),
        "utf-8",
    )


if __name__ == "__main__":
    main()
