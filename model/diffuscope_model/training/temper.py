"""Makes a trained network less sure of itself, by one temperature for all that it predicts.

    python -m diffuscope_model.training.temper --checkpoint runs/first/final.pt \\
        --out runs/first/tempered.pt

Every place of a canvas is predicted by itself. Where a prompt is like no known one, two places can
be surer than any threshold of parts of different answers; a decoder that commits one of them first
sees the other follow. So what is committed at once must be surer than one place alone needs to be.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from diffuscope_model.network import checkpoint
from diffuscope_model.network.network import Network

TEMPERATURE = 1.5
"""The lowest of 1.0, 1.15, 1.3 and 1.5 at which each kind's target at threshold 0.9 is reached."""


@torch.no_grad()
def temper(network: Network, temperature: float) -> Network:
    """Divides the scores of tokens, gates and pointer (Guo et al., arXiv 1706.04599); returns the
    network itself.

    All of them are linear in the last norm's output, so its weight takes the division and neither
    the graphs nor their speed change.

    Raises:
        ValueError: if the temperature isn't positive.
    """
    if not temperature > 0:
        raise ValueError(f"a temperature of {temperature} makes no sense: give a number above 0")
    network.final_norm.weight /= temperature
    return network


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--temperature", type=float, default=TEMPERATURE)
    options = parser.parse_args()
    network = checkpoint.network_of(checkpoint.load(options.checkpoint))
    checkpoint.save(options.out, temper(network, options.temperature))


if __name__ == "__main__":
    main()
