"""Many texts at once, whatever their lengths, in passes without a cache: for a GPU, which answers
hundreds of prompts in the time of one. Token for token what the decoders of one text give."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from open_world.decoding.canvas import Decoded
from open_world.decoding.ways import Way, guess, open_places, sureness
from open_world.network.llama import Llama
from open_world.tokens import END, MASK, SUPPRESSED


class Texts:
    """Texts that are written side by side, each filled up behind its end with what none sees.

    Attributes:
        ids: of each so far.
        passes, rows: what each took, counted as a decoder with a cache needs them.
    """

    def __init__(self, network: Llama, prompts: Sequence[Sequence[int]]) -> None:
        self.network, self.device = network, network.token.device
        self.ids = [list(prompt) for prompt in prompts]
        self.prompts = [len(prompt) for prompt in prompts]
        self.passes = [0] * len(prompts)
        self.rows = [0] * len(prompts)

    @torch.no_grad()
    def see(self, of: Sequence[int], masks: Sequence[Tensor], count: int) -> Tensor:
        """Logits [texts, count, vocabulary] about the places of canvases behind some texts, whose
        last token opens them; rows from there on see everything.

        Args:
            of: which texts.
            masks: a canvas for each; empty ones ask what follows from left to right.
        """
        full = [
            torch.cat([torch.tensor(self.ids[at]), canvas])
            for at, canvas in zip(of, masks, strict=True)
        ]
        longest = max(map(len, full))
        ids = torch.stack([torch.nn.functional.pad(row, (0, longest - len(row))) for row in full])
        begin = torch.tensor([len(self.ids[at]) - 1 for at in of])
        end = torch.tensor([len(row) for row in full])
        place = torch.arange(longest)
        seen = (place[None, None] <= place[None, :, None]) | (
            (place >= begin[:, None])[:, :, None] & (place < end[:, None])[:, None]
        )
        at = begin[:, None] + torch.arange(count)
        ids, seen, at = (of_all.to(self.device) for of_all in (ids, seen, at))
        states, _ = self.network.states(ids, place.to(self.device).expand(len(ids), -1), seen)
        chosen = states.gather(1, at[:, :, None].expand(-1, -1, states.shape[2]))
        return self.network.logits(chosen)

    def count(self, at: int, rows: int) -> None:
        """One more pass of a text, over so many rows."""
        self.passes[at] += 1
        self.rows[at] += rows

    def decoded(self, length: int) -> list[Decoded]:
        """What was written behind each prompt, without its end."""
        answers = (ids[at:] for ids, at in zip(self.ids, self.prompts, strict=True))
        cut = [answer[: answer.index(END)] if END in answer else answer for answer in answers]
        return [
            Decoded(answer[:length], passes, rows)
            for answer, passes, rows in zip(cut, self.passes, self.rows, strict=True)
        ]


def decode_many(
    network: Llama,
    prompts: Sequence[Sequence[int]],
    length: int,
    size: int,
    way: Way,
    at_once: int = 150,
) -> list[Decoded]:
    """As `decode_blocks`, for many prompts; a block as large as the answer is a whole canvas."""
    found: list[Decoded] = []
    for start in range(0, len(prompts), at_once):
        found += _blocks(Texts(network, prompts[start : start + at_once]), length, size, way)
    return found


def _blocks(texts: Texts, length: int, size: int, way: Way) -> list[Decoded]:
    random = torch.Generator(texts.device).manual_seed(0)
    going = [*range(len(texts.ids))]
    for at in going:
        texts.count(at, len(texts.ids[at]) - 1)
    for start in range(0, length, size):
        count = min(size, length - start)
        if start:
            for at in going:
                texts.count(at, size)
        filled = _fill(texts, going, count, way, random, begins=start == 0)
        for at, block in zip(going, filled, strict=True):
            texts.ids[at] += block
        going = [at for at, block in zip(going, filled, strict=True) if END not in block]
        if not going:
            break
    return texts.decoded(length)


def _fill(
    texts: Texts, going: list[int], count: int, way: Way, random: torch.Generator, begins: bool
) -> list[list[int]]:
    canvases = [torch.full((count,), MASK) for _ in going]
    left = [*range(len(going))]
    while left:
        of = [going[place] for place in left]
        logits = texts.see(of, [canvases[place] for place in left], count)
        for place, about in zip(left, logits, strict=True):
            at, ids = going[place], canvases[place].to(texts.device)
            texts.count(at, count + 1)
            guesses, chances = guess(about, ids, way, random, begins)
            sure = sureness(guesses, chances, open_places(ids, way.block), way, random)
            commits = way.choose(sure[None])[0] & (sure > 0)
            if not commits.any():
                commits, guesses = ids == MASK, torch.full_like(ids, END)
            canvases[place] = torch.where(commits, guesses, ids).cpu()
        left = [place for place in left if (canvases[place] == MASK).any()]
    return [canvas.tolist() for canvas in canvases]


def decode_many_autoregressive(
    network: Llama, prompts: Sequence[Sequence[int]], length: int, at_once: int = 150
) -> list[Decoded]:
    """As `decode_autoregressive`, greedy."""
    found: list[Decoded] = []
    for start in range(0, len(prompts), at_once):
        texts = Texts(network, prompts[start : start + at_once])
        going = [*range(len(texts.ids))]
        for at in going:
            texts.rows[at] = len(texts.ids[at]) - 1
        for step in range(length):
            nothing = [torch.empty(0, dtype=torch.long)] * len(going)
            logits = texts.see(going, nothing, 1)[:, 0]
            logits[:, list(SUPPRESSED)] = -torch.inf
            if step == 0:
                logits[:, END] = -torch.inf
            for at, token in zip(going, logits.argmax(dim=-1).tolist(), strict=True):
                texts.ids[at].append(token)
                texts.count(at, 1)
            going = [at for at in going if texts.ids[at][-1] != END]
            if not going:
                break
        found += texts.decoded(length)
    return found
