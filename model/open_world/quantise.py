"""Puts trained weights into 4 bits without a GPU: by GPTQ, and by plain rounding for comparison.

    python -m open_world.quantise --folder runs/open --checkpoint runs/open/final.pt \\
        --out runs/open/stored.pt

The folder holds `tokenizer.json` and pairs. What it costs on pairs kept apart is printed, for the
weights as they are, by plain rounding and by GPTQ. Weights that learnt the rounding in their last
stage of training are stored with `--plain`.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch

from open_world.measuring.held_out_losses import held_out_losses
from open_world.network.kept import load_network
from open_world.pairs.choose import choose
from open_world.pairs.pair import read_pairs
from open_world.storing.calibrate import CAUSAL_WEIGHT, calibrated
from open_world.storing.int8 import in_eight_bits
from open_world.storing.stored import plainly_stored
from open_world.tokens import load_tokenizer, template_of
from open_world.training.examples import Examples
from open_world.training.mixtures import calibration_rows
from open_world.training.split import split


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--plain", action="store_true", help="round and nothing else")
    parser.add_argument("--examples", type=int, default=96, help="to calibrate by")
    parser.add_argument("--causal-weight", type=float, default=CAUSAL_WEIGHT)
    parser.add_argument("--measured", type=int, default=6, help="batches of 12; 0 for none")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.folder / "tokenizer.json")
    pairs, apart = split([*choose(read_pairs(options.folder), tokenizer, options.seed)])
    cpu = torch.device("cpu")
    kept_apart = Examples(apart, template_of(tokenizer), cpu)
    network = load_network(options.checkpoint)

    def tell(name: str) -> None:
        if options.measured:
            print(f"{name}: {held_out_losses(network, kept_apart, options.measured)}", flush=True)

    tell("as trained")
    plain = plainly_stored(network)
    if options.plain:
        plain.save(options.out)
        network = in_eight_bits(network)
        tell("8 bits a row")
        network = plain.network()
        tell("plain rounding")
        return
    began = time.monotonic()
    examples = Examples(pairs, template_of(tokenizer), cpu)
    rows = calibration_rows(examples, options.examples, options.seed)
    calibrated(network, rows, options.causal_weight, print).save(options.out)
    print(f"{time.monotonic() - began:.0f} s")
    tell("GPTQ")
    network = plain.network()
    tell("plain rounding")


if __name__ == "__main__":
    main()
