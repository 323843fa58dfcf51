"""Muon: momentum whose matrices are made orthogonal before the step."""

from __future__ import annotations

from collections import defaultdict

import torch
from torch import Tensor
from torch.optim import Optimizer

# Keller Jordan, "Muon: an optimizer for hidden layers in neural networks" (2024): a quintic with a
# steep slope at zero, so that small singular values grow to about one within five steps.
QUINTIC = (3.4445, -4.7750, 2.0315)
NEWTON_SCHULZ_STEPS = 5


def orthogonalise(matrices: Tensor) -> Tensor:
    """Matrices [count, rows, columns] to ones of the same singular vectors, values all near one.

    Works in the precision of its input: float32 where a processor has no fast bfloat16.
    """
    tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.mT if tall else matrices
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    a, b, c = QUINTIC
    for _ in range(NEWTON_SCHULZ_STEPS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x


class Muon(Optimizer):
    """Nesterov momentum, made orthogonal, for the matrices of the layers.

    A weight may hold several matrices stacked along its rows (query, key and value); its group's
    `stacked` says how many, and each is made orthogonal for itself.
    """

    def __init__(
        self,
        groups: list[dict],
        lr: float,
        momentum: float = 0.95,
        weight_decay: float = 0.0,
        half: bool = False,
    ) -> None:
        super().__init__(
            groups, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "stacked": 1}
        )
        self.precision = torch.bfloat16 if half else torch.float32

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            alike: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for weight in group["params"]:
                if weight.grad is not None:
                    alike[weight.shape].append(weight)
            for weights in alike.values():
                self._step_alike(weights, group)

    def _step_alike(self, weights: list[Tensor], group: dict) -> None:
        directions = []
        for weight in weights:
            momentum = self.state[weight].setdefault("momentum", torch.zeros_like(weight))
            momentum.lerp_(weight.grad, 1 - group["momentum"])
            nesterov = torch.lerp(weight.grad, momentum, group["momentum"])
            directions.append(nesterov.unflatten(0, (group["stacked"], -1)))
        stack = torch.cat(directions)
        steps = orthogonalise(stack.to(self.precision)).to(stack.dtype)
        steps *= max(1.0, stack.shape[-2] / stack.shape[-1]) ** 0.5
        for weight, step in zip(weights, steps.chunk(len(weights)), strict=True):
            weight.mul_(1 - group["lr"] * group["weight_decay"])
            weight.add_(step.reshape(weight.shape), alpha=-group["lr"])
