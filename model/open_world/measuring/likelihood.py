"""How likely the original model finds what decoders of the trained one wrote."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from open_world.network.llama import Llama

AT_ONCE = 32


@torch.no_grad()
def surprises_at(
    original: Llama | None, prompts: Sequence[Sequence[int]], answers: Sequence[Sequence[int]]
) -> list[float]:
    """Each answer's negative log-likelihood in nats, all tokens together, its end left out.

    Args:
        original: judges; without it all are 0.
    """
    if not original:
        return [0.0] * len(answers)
    found: list[float] = []
    for start in range(0, len(answers), AT_ONCE):
        chosen = slice(start, start + AT_ONCE)
        found += _of_some(original, prompts[chosen], answers[chosen])
    return found


def surprise(original: Llama, prompt: Sequence[int], answer: Sequence[int]) -> float:
    """The same of one answer."""
    return surprises_at(original, [prompt], [answer])[0]


def _of_some(
    original: Llama, prompts: Sequence[Sequence[int]], answers: Sequence[Sequence[int]]
) -> list[float]:
    texts = [[*prompt, *answer] for prompt, answer in zip(prompts, answers, strict=True)]
    longest = max(map(len, texts))
    ids = torch.tensor([text + [0] * (longest - len(text)) for text in texts])
    begins = torch.tensor([len(prompt) for prompt in prompts])[:, None]
    ends = torch.tensor([len(text) for text in texts])[:, None]
    place = torch.arange(longest)
    of_answer = (place >= begins) & (place < ends)
    ids, place, of_answer = (x.to(original.token.device) for x in (ids, place, of_answer))
    visible = (place[None] <= place[:, None]).expand(len(texts), -1, -1)
    states, _ = original.states(ids, place.expand(len(texts), -1), visible)
    asked = of_answer[:, 1:]
    logs = original.logits(states[:, :-1][asked]).log_softmax(dim=-1)
    each = torch.zeros(asked.shape, dtype=logs.dtype, device=logs.device)
    each[asked] = -logs.gather(1, ids[:, 1:][asked][:, None])[:, 0]
    return each.sum(dim=1).tolist()
