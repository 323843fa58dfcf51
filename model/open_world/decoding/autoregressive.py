"""From left to right: alone, and with drafts by diffusion."""

from __future__ import annotations

import torch

from open_world.decoding.canvas import Decoded
from open_world.decoding.reader import Reader
from open_world.network.llama import Llama
from open_world.tokens import END, MASK, SUPPRESSED

TRIED = 6
"""How many tokens are tried before a repeat is let pass."""


def would_repeat(ids: list[int], token: int, run: int) -> bool:
    """Whether `token` after `ids` would end a run of `run` tokens that stands in them already."""
    if len(ids) < run:
        return False
    last = [*ids[len(ids) - run + 1 :], token]
    return any(ids[at : at + run] == last for at in range(len(ids) - run + 1))


def decode_autoregressive(
    network: Llama, prompts: list[list[int]], length: int, no_repeat: int = 0
) -> list[Decoded]:
    """Greedy, token by token, for prompts of one length together.

    Args:
        no_repeat: no run of so many tokens stands twice in an answer; 0 allows any.
    """
    reader = Reader(network)
    logits = reader.read(torch.tensor(prompts))[:, -1]
    answers: list[list[int]] = [[] for _ in prompts]
    counted: dict[int, tuple[int, int]] = {}
    for step in range(length):
        logits = _allowed(logits)
        if step == 0:
            logits[:, END] = -torch.inf  # an answer says something
        likeliest = logits.topk(TRIED, dim=-1).indices.tolist()
        chosen = []
        for place, (answer, tokens) in enumerate(zip(answers, likeliest, strict=True)):
            token = next(
                (t for t in tokens if not no_repeat or not would_repeat(answer, t, no_repeat)),
                tokens[0],
            )
            chosen.append(token)
            if place in counted:
                continue
            if token == END or step == length - 1:
                counted[place] = (reader.passes, reader.rows)
            if token != END:
                answer.append(token)
        if len(counted) == len(prompts):
            break
        logits = reader.read(torch.tensor(chosen)[:, None])[:, -1]
    return [Decoded(answer, *counted[place]) for place, answer in enumerate(answers)]


def decode_drafted(network: Llama, prompt: list[int], length: int, size: int = 16) -> Decoded:
    """Diffusion drafts, AR checks on the same cache (after TiDAR, arXiv 2511.08923).

    One pass over the last token and `size` masks drafts all of them, one over the draft reads what
    AR would have written at each. What agrees is kept, and the first that doesn't is AR's own: the
    text is AR's, token for token.
    """
    reader, ids, end = Reader(network), list(prompt), len(prompt) + length
    reader.read(torch.tensor([ids[:-1]]))
    while len(ids) < end:
        masks = torch.full((size,), MASK)
        looked = reader.look(torch.cat([torch.tensor(ids[-1:]), masks])[None])[0, :-1]
        draft = _allowed(looked).argmax(dim=-1).tolist()
        checked = (
            _allowed(reader.read(torch.tensor([[ids[-1], *draft]]))[0]).argmax(dim=-1).tolist()
        )
        agreed = 0
        while agreed < size and draft[agreed] == checked[agreed] != END:
            agreed += 1
        ids += checked[: agreed + 1]
        reader.forget(len(ids) - 1)
        if ids[-1] == END:
            ids.pop()
            break
    return Decoded(ids[len(prompt) : end], reader.passes, reader.rows)


def _allowed(logits: torch.Tensor) -> torch.Tensor:
    return logits.index_fill(-1, torch.tensor(SUPPRESSED), -torch.inf)
