"""Writes held-out prompts for decoders outside Python; `judge` marks their answers.

    python -m diffuscope_model.measuring.write_held_out --examples 500 --out ../bench/held-out.jsonl

A line holds `kind`, `index`, `canvas` (positions that answers of the kind need) and `prompt`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from diffuscope_model.corpus.mixture import KINDS, kind_named
from diffuscope_model.measuring.held_out import hold_out
from diffuscope_model.network.shape import Shape
from diffuscope_model.tokenizer.vocabulary import load_tokenizer

SEED = 0


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--examples", type=int, default=500, help="of each kind")
    parser.add_argument("--kinds", nargs="+", default=[kind.name for kind in KINDS])
    options = parser.parse_args()
    tokenizer = load_tokenizer()
    with options.out.open("w", encoding="utf-8") as out:
        for name in options.kinds:
            held_out = hold_out(kind_named(name), tokenizer, options.examples, Shape.window, SEED)
            for index, example in enumerate(held_out.examples):
                line = {
                    "kind": name,
                    "index": index,
                    "canvas": held_out.canvas,
                    "prompt": example.prompt,
                }
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
