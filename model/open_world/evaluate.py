"""Answers held-out prompts in any of the measured ways; the original model judges.

    python -m open_world.evaluate --model ../public/models/open --folder runs/open \\
        --out runs/open/answers.jsonl --prompts 300

The model is a folder as it ships or a checkpoint. Answers are appended to the file as they come, so
that an interrupted run goes on behind them; the table over all of them is printed at the end.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from open_world.folder.read_folder import read_folder
from open_world.measuring.answers import Answer, answer_prompts, as_table
from open_world.measuring.decoders import DECODERS
from open_world.network.kept import load_network
from open_world.network.llama import Llama
from open_world.pairs.choose import held_out_prompts
from open_world.tokens import load_tokenizer

LENGTH = 48


def network_at(path: Path) -> Llama:
    """The network of a folder as it ships, or of a checkpoint."""
    return read_folder(path).network() if path.is_dir() else load_network(path)


def device() -> torch.device:
    """A GPU, where there is one; its products are then in TF32."""
    if not torch.cuda.is_available():
        return torch.device("cpu")
    torch.set_float32_matmul_precision("high")
    return torch.device("cuda")


def answers_in(file: Path) -> list[Answer]:
    """The answers that a file holds; none if it isn't there yet."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="folder or checkpoint")
    parser.add_argument("--folder", type=Path, required=True, help="original.pt, tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="file of answers, appended to")
    parser.add_argument("--prompts", type=int, default=300)
    parser.add_argument("--decoders", nargs="+", choices=DECODERS, default=list(DECODERS))
    parser.add_argument("--length", type=int, default=LENGTH, help="the most tokens of an answer")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.folder / "tokenizer.json")
    network = network_at(options.model).to(device())
    original = load_network(options.folder / "original.pt").to(device())
    prompts = held_out_prompts()[: options.prompts]
    given = answers_in(options.out)
    there = {(answer["decoder"], answer["prompt"]) for answer in given}
    with options.out.open("a", encoding="utf-8", buffering=1) as lines:
        for decoder in options.decoders:
            left = [prompt for prompt in prompts if (decoder, prompt) not in there]
            for answer in answer_prompts(
                network, original, tokenizer, left, decoder, options.length
            ):
                lines.write(json.dumps(answer, ensure_ascii=False) + "\n")
                given.append(answer)
    print(as_table(given))


if __name__ == "__main__":
    main()
