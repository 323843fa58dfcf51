"""What changes while training goes on: the learning rate and the share of echoing."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from diffuscope_model.corpus.kind import Example
from diffuscope_model.corpus.mixture import KINDS, draw_example

ECHO = "echo"


@dataclass(frozen=True)
class Schedule:
    """Warm-up, then stable for as long as one likes; a cooldown is a run of its own.

    (Warmup-stable-decay, arXiv 2404.06395: the length needn't be known ahead.)

    Attributes:
        peak: the highest factor on the learning rates; below 1 for a run that goes on from
            trained weights.
        warm_up: steps to it.
        curriculum: steps in which echoing has the large share, so that copying is learnt first.
        echo_first, echo_later: the share of the echo kind during and after the curriculum.
        cooldown_start, cooldown: the step at which the decay to zero begins, and its steps; 0 for
            none.
    """

    peak: float = 1.0
    warm_up: int = 100
    curriculum: int = 500
    echo_first: float = 0.40
    echo_later: float = 0.06
    cooldown_start: int = 0
    cooldown: int = 0

    def rate(self, step: int) -> float:
        """The factor on every learning rate at a step counted from 0."""
        rising = self.peak * min(1.0, (step + 1) / max(1, self.warm_up))
        if not self.cooldown:
            return rising
        left = 1 - (step - self.cooldown_start) / self.cooldown
        return rising * min(1.0, max(0.0, left))

    def draw(self, random: Random, step: int) -> Example:
        """A training example of the mixture at a step."""
        share = self.echo_first if step < self.curriculum else self.echo_later
        others = sum(kind.share for kind in KINDS if kind.name != ECHO)
        return draw_example(random, "train", {ECHO: others * share / (1 - share)})
