"""Tiny networks and examples that the tests of the open world share."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
import torch

from open_world.network.llama import Llama
from open_world.network.shape import Shape
from open_world.pairs.pair import Pair
from open_world.tokens import Template
from open_world.training.examples import Examples

SHAPE = Shape(
    vocabulary=96,
    width=64,
    layers=2,
    heads=4,
    key_heads=2,
    head_width=16,
    feed_forward=96,
    rope_base=10_000.0,
)
TEMPLATE = Template((1, 20, 21), (2, 21, 1, 22, 21))
WORDS = range(30, 62)


def tiny(seed: int = 0) -> Llama:
    """Random weights, sure of what they say: a sharp head makes ties unlikely."""
    network = Llama(SHAPE).start(seed)
    with torch.no_grad():
        for name, weight in network.named_parameters():
            if "norm" in name:
                weight.uniform_(0.5, 1.5, generator=torch.Generator().manual_seed(len(name)))
        network.final_norm.weight.mul_(4)
    return network.eval()


def echoes(count: int, seed: int = 0) -> Iterator[Pair]:
    """Prompts of a few words whose answer says them again."""
    random = Random(seed)
    for _ in range(count):
        words = np.array(random.choices(WORDS, k=random.randint(3, 5)), np.uint16)
        yield Pair(words, words, ended=True)


def examples(count: int, seed: int = 0) -> Examples:
    """Echoes, laid out on the CPU."""
    return Examples(echoes(count, seed), TEMPLATE, torch.device("cpu"))


PROMPT = TEMPLATE.around([40, 33, 51])
