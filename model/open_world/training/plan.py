"""How a run goes: how long, how fast, and when it begins to round."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Up to the full rate, then in a line to a small part of it; ends after steps or seconds,
    whichever comes first, so that a machine that is lent for minutes is used to the end.

    Attributes:
        steps, seconds: the most of each.
        warm_up: steps to the full rate.
        least: the share of the full rate at the end.
        rounding_from: the share of the run after which weights are used as 4 bits have them.
    """

    steps: int
    seconds: float = float("inf")
    warm_up: int = 60
    least: float = 0.02
    rounding_from: float = 0.75

    def done(self, step: int, seconds: float) -> float:
        """The share of the run that is behind it, at most 1."""
        return min(1.0, max(step / self.steps, seconds / self.seconds))

    def rate(self, step: int, seconds: float) -> float:
        """The factor on every learning rate."""
        rising = min(1.0, (step + 1) / max(1, self.warm_up))
        return rising * max(self.least, 1 - self.done(step, seconds))

    def rounds(self, step: int, seconds: float) -> bool:
        """Whether weights are rounded already."""
        return self.done(step, seconds) >= self.rounding_from
