"""Measures how many held-out answers are right, by kind, decoder and forward passes.

    python -m diffuscope_model.evaluate --checkpoint runs/first/final.pt --out runs/first/quality

writes `quality.json` and `quality.md`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import torch
from tokenizers import Tokenizer

from diffuscope_model import checkpoint
from diffuscope_model.calibration import calibration_error
from diffuscope_model.corpus.kind import Facts
from diffuscope_model.corpus.mixture import KINDS, kind_named
from diffuscope_model.decode import (
    Choose,
    Decoded,
    commit_above,
    commit_surest,
    decode_autoregressive,
    decode_diffusion,
)
from diffuscope_model.export.quantise import as_stored
from diffuscope_model.network import Network
from diffuscope_model.probe import HeldOut, hold_out
from diffuscope_model.vocabulary import TOKENIZER_FILE, decode_answer, load_tokenizer

THRESHOLD = 0.9

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


DECODERS: dict[str, Decoder] = {
    "autoregressive": decode_autoregressive,
    **{f"diffusion, {count} a pass": _diffusion(commit_surest(count)) for count in (1, 2, 4)},
    f"diffusion, threshold {THRESHOLD}": _diffusion(commit_above(THRESHOLD)),
}


@dataclass(frozen=True)
class Result:
    """One kind decoded in one way; `right` and `parts` are shares, `passes` and `tokens` means."""

    kind: str
    decoder: str
    examples: int
    canvas: int
    right: float
    parts: dict[str, float]
    passes: float
    tokens: float
    wrong: list[dict[str, str]]


def evaluate(
    network: Network,
    held_out: HeldOut,
    decoder: str,
    tokenizer: Tokenizer,
    batch: int,
    shown: int = 3,
) -> Result:
    """Decodes the examples and checks them; keeps the first few wrong answers."""
    answers: list[Decoded] = []
    prompts = held_out.prompts
    for start in range(0, len(prompts), batch):
        part = prompts[start : start + batch]
        answers += DECODERS[decoder](network, part, held_out.canvas)
    texts = [decode_answer(tokenizer, answer.ids) for answer in answers]
    accepted = [
        held_out.kind.check(example.facts, text)
        for example, text in zip(held_out.examples, texts, strict=True)
    ]
    wrong = [
        {"prompt": example.prompt, "answer": text}
        for example, text, right in zip(held_out.examples, texts, accepted, strict=True)
        if not right
    ]
    count = len(answers)

    def share(check: Callable[[Facts, str], bool]) -> float:
        judged = zip(held_out.examples, texts, strict=True)
        return sum(check(example.facts, text) for example, text in judged) / count

    return Result(
        kind=held_out.kind.name,
        decoder=decoder,
        examples=count,
        canvas=held_out.canvas,
        right=sum(accepted) / count,
        parts={name: share(check) for name, check in held_out.kind.parts.items()},
        passes=sum(answer.passes for answer in answers) / count,
        tokens=sum(len(item.answer) for item in held_out.items) / count,
        wrong=wrong[:shown],
    )


def as_table(results: list[Result], calibration: dict[str, float]) -> str:
    """Markdown: a row a kind, a column a decoder: share of right answers and mean passes.

    Args:
        calibration: the diffusion decoder's expected calibration error, by kind.
    """
    decoders = list(dict.fromkeys(result.decoder for result in results))
    lines = [
        "| kind | tokens | canvas | " + " | ".join(decoders) + " | calibration error |",
        "| --- |" + " ---: |" * (3 + len(decoders)),
    ]
    for kind in dict.fromkeys(result.kind for result in results):
        of_kind = {result.decoder: result for result in results if result.kind == kind}
        first = next(iter(of_kind.values()))
        cells = [f"{r.right:.0%} ({r.passes:.1f})" for r in of_kind.values()]
        cells.append(f"{calibration[kind]:.3f}")
        lines.append(f"| {kind} | {first.tokens:.0f} | {first.canvas} | {' | '.join(cells)} |")
        for part in first.parts:
            shares = " | ".join(f"{r.parts[part]:.0%}" for r in of_kind.values())
            lines.append(f"| {kind}: {part} | | | {shares} | |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="path of both files, no suffix")
    parser.add_argument("--tokenizer", type=Path, default=TOKENIZER_FILE)
    parser.add_argument("--kinds", nargs="+", default=[kind.name for kind in KINDS])
    parser.add_argument("--decoders", nargs="+", choices=DECODERS, default=list(DECODERS))
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
    results: list[Result] = []
    calibration: dict[str, float] = {}
    for name in options.kinds:
        held_out = hold_out(
            kind_named(name),
            tokenizer,
            options.examples,
            network.shape.window,
            options.seed,
            options.canvas,
        )
        for decoder in options.decoders:
            with torch.autocast(device, torch.bfloat16, enabled=options.precision == "bf16"):
                result = evaluate(network, held_out, decoder, tokenizer, options.batch)
            print(f"{name:18}{decoder:28}{result.right:6.1%} {result.passes:6.1f}", flush=True)
            results.append(result)
        with torch.autocast(device, torch.bfloat16, enabled=options.precision == "bf16"):
            calibration[name] = calibration_error(network, held_out, options.batch)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "checkpoint_parameters": network.parameter_count(),
        "weights": options.weights,
        "precision": options.precision,
        "calibration": calibration,
        "results": [asdict(result) for result in results],
    }
    options.out.with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    options.out.with_suffix(".md").write_text(
        "Share of right answers on held-out prompts, and in brackets the mean forward passes. The\n"
        "calibration error is the diffusion decoder's, on partly masked right answers.\n\n"
        + as_table(results, calibration),
        "utf-8",
    )


if __name__ == "__main__":
    main()
