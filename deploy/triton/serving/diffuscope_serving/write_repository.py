"""Writes the model repository that Triton serves: the shipped one, completed from the weights.

python -m diffuscope_serving.write_repository --out /tmp/models diffuscope-small
python -m diffuscope_serving.write_repository --out /models --weights /weights llada-8b-instruct

What only the weights can tell (the tokenizer's hash, the revision, the chat template's ids) is read
from them, so a card never speaks of other weights than those that are served. A model's weights are
taken from the folder of its name under --weights, else from the hub.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import numpy as np
import torch

from diffuscope_serving.adapters import ADAPTERS, adapter_of
from diffuscope_serving.adapters.adapter import Adapter
from diffuscope_serving.card import Card
from diffuscope_serving.weights import ALL_FILES, TOKENIZER_FILES, find_weights

SHIPPED = Path(__file__).parents[2] / "models"
WARM_UP_LENGTH = 256
"""A prompt and an answer of usual length."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("models", nargs="+", choices=sorted(ADAPTERS), metavar="model")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--weights", type=Path, help="folder with one folder of weights a model")
    parser.add_argument("--revision", help="commit of the hub's weights; the tested one if left out")
    parser.add_argument(
        "--tokenizers-only", action="store_true", help="write each model's tokenizer.json alone"
    )
    parser.add_argument("--repository", type=Path, default=SHIPPED, help=argparse.SUPPRESS)
    options = parser.parse_args()
    for name in options.models:
        adapter = adapter_of(name)
        only = TOKENIZER_FILES if options.tokenizers_only else ALL_FILES
        try:
            folder = find_weights(adapter, options.weights, options.revision, only)
            if options.tokenizers_only:
                print(f"{name}: {write_tokenizer(adapter, folder, options.out)}")
                continue
            card = write_model(adapter, folder, options.repository, options.out)
        except (OSError, ValueError) as error:
            sys.exit(f"{name} can't be served: {error}")
        print(f"{name}: {card.parameters:,} parameters, revision {card.revision}, from {folder}")


def write_model(adapter: Adapter, folder: Path, repository: Path, out: Path) -> Card:
    """Writes one model of the repository; returns its card. Beside it lies its tokenizer.json.

    Raises:
        ValueError: if the weights aren't this model's.
    """
    device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
    card = adapter.card(folder, device)
    config = (repository / adapter.name / "config.pbtxt").read_text("utf-8")
    if device.type == "cpu":
        config = config.replace("KIND_GPU", "KIND_CPU")
    warm_up = next((size for size in card.buckets if size >= WARM_UP_LENGTH), card.buckets[-1])
    for mark, value in {
        "@CARD@": quoted(card.to_json()),
        "@WEIGHTS@": quoted(str(folder)),
        "@WARM_UP_LENGTH@": str(warm_up),
    }.items():
        config = config.replace(mark, value)
    target = out / adapter.name
    shutil.copytree(repository / adapter.name / "1", target / "1", dirs_exist_ok=True)
    write_tokenizer(adapter, folder, out)
    (target / "warmup").mkdir(exist_ok=True)
    (target / "warmup" / "ones").write_bytes(np.ones(warm_up, "<i8").tobytes())
    (target / "warmup" / "k").write_bytes(np.array([card.topK], "<i4").tobytes())
    (target / "config.pbtxt").write_text(config, "utf-8")
    return card


def write_tokenizer(adapter: Adapter, folder: Path, out: Path) -> Path:
    """Writes a model's tokenizer.json, which the gateway hands to the page; returns its path."""
    target = out / adapter.name / "tokenizer.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(adapter.tokenizer_file(folder), target)
    return target


def quoted(text: str) -> str:
    """As the inside of a string in protocol buffers' text format."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


if __name__ == "__main__":
    main()
