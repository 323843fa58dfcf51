"""Several optimizers as one, with a common factor on their learning rates."""

from __future__ import annotations

from torch.optim import Optimizer


class Together:
    """Each optimizer has some of the parameters, and its own full learning rates."""

    def __init__(self, *each: Optimizer) -> None:
        self.each = each
        self.rates = [[group["lr"] for group in one.param_groups] for one in each]

    def step(self, rate: float) -> None:
        """One step at `rate` times the full learning rates; forgets the gradients."""
        for optimizer, rates in zip(self.each, self.rates, strict=True):
            for group, full in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = full * rate
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def state_dict(self) -> list[dict]:
        return [optimizer.state_dict() for optimizer in self.each]

    def load_state_dict(self, states: list[dict]) -> None:
        for optimizer, state in zip(self.each, states, strict=True):
            optimizer.load_state_dict(state)
