"""The original writes prompts and answers, many side by side, each begun anew when one is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from open_world.network.llama import Llama
from open_world.pairs.beginnings import STARTERS, SYSTEMS
from open_world.pairs.static_cache import StaticCache
from open_world.tokens import AFTER, BEFORE, END, ids_of

GOES_ON, ANSWERED, SPOILT, CUT = range(4)
"""What becomes of a text with a token: an answer ended itself, a prompt was too short or too long,
an answer was cut at its limit."""
PROMPT, ANSWER = 0, 1
SHORTEST_PROMPT = 3
TEMPERATURES, LEAST = (1.0, 0.7), (0.05, 0.1)
"""Of prompts and of answers; the latter is min-p, the least chance beside the likeliest's."""
AT_ONCE = 32
"""Steps between two looks at the clock."""


@dataclass(frozen=True)
class Limits:
    """Tokens at most; `length` holds the longest system turn, prompt and answer."""

    prompt: int = 40
    answer: int = 112
    length: int = 224


@dataclass(frozen=True)
class Written:
    """What all texts wrote, [texts, steps]: ids, and what became of the text with each."""

    ids: NDArray[np.int32]
    marks: NDArray[np.uint8]
    between: tuple[int, ...]
    """What stands between a prompt and its answer, behind the prompt's end."""


class Writer:
    """Many texts in writing; `step` gives each its next token and can be recorded by a GPU."""

    def __init__(
        self, network: Llama, tokenizer: Tokenizer, texts: int, steps: int, limits: Limits
    ) -> None:
        device = network.token.device
        self.limits, self.device = limits, device
        self.cache = StaticCache(network, texts, limits.length)
        self.between = tuple(ids_of(tokenizer, AFTER)[1:])
        forced = [ids_of(tokenizer, text) for text in STARTERS] + [list(self.between)]
        width = max(map(len, forced))
        self._forced = torch.tensor([row + [0] * (width - len(row)) for row in forced]).to(device)
        self._forced_length = torch.tensor([len(row) for row in forced], device=device)
        openings = [
            ids_of(tokenizer, f"<|im_start|>system\n{system}<|im_end|>\n{BEFORE}")
            for system in SYSTEMS
        ]
        of = torch.arange(texts, device=device) % len(SYSTEMS)
        with torch.no_grad():
            for number, ids in enumerate(openings):
                self.cache.put(of == number, ids[:-1])
        self._first = torch.tensor([len(ids) - 1 for ids in openings], device=device)[of]
        self._opening = torch.tensor([ids[-1] for ids in openings], device=device)[of]
        self._token, self._position = self._opening.clone(), self._first.clone()
        self._mode = torch.zeros(texts, dtype=torch.long, device=device)
        self._count, self._forced_at = torch.zeros_like(self._mode), torch.zeros_like(self._mode)
        self._forced_row = self._draw_starters(texts)
        self._step = torch.zeros(1, dtype=torch.long, device=device)
        self._ids = torch.zeros(steps, texts, dtype=torch.int32, device=device)
        self._marks = torch.zeros(steps, texts, dtype=torch.uint8, device=device)
        self._temperatures = torch.tensor(TEMPERATURES, device=device)
        self._least = torch.tensor(LEAST, device=device)

    def _draw_starters(self, texts: int) -> Tensor:
        return torch.randint(0, len(STARTERS), (texts,), device=self.device)

    @torch.no_grad()
    def step(self) -> None:
        """One token for each text; whatever ends makes room for the next."""
        logits = self.cache.logits(self._token, self._position)
        chances = (logits / self._temperatures[self._mode][:, None]).softmax(dim=-1)
        least = self._least[self._mode][:, None] * chances.amax(dim=-1, keepdim=True)
        chances = chances.where(chances >= least, 0.0)
        # The exponential race: dividing by such noise draws by chance, without a loop.
        drawn = (chances / torch.empty_like(chances).exponential_()).argmax(dim=-1)
        is_forced = self._forced_at < self._forced_length[self._forced_row]
        at = self._forced_at.clamp(max=self._forced.shape[1] - 1)
        token = torch.where(is_forced, self._forced[self._forced_row, at], drawn)
        self._forced_at.add_(is_forced.long())
        self._count.add_(1)
        self._move_on(token, ended=~is_forced & (token == END))

    def _move_on(self, token: Tensor, ended: Tensor) -> None:
        in_prompt = self._mode == PROMPT
        asked = ended & in_prompt & (self._count > SHORTEST_PROMPT)
        answered = ended & ~in_prompt
        spoilt = in_prompt & ((self._count > self.limits.prompt) | (ended & ~asked))
        room = self.limits.answer + len(self.between)
        cut = ~in_prompt & ~ended & (self._count > room)
        begins = answered | spoilt | cut
        mark = answered * ANSWERED + spoilt * SPOILT + cut * CUT
        self._ids.index_copy_(0, self._step, token[None].int())
        self._marks.index_copy_(0, self._step, mark[None].to(torch.uint8))
        self._step.add_(1)
        starters = torch.where(begins, self._draw_starters(len(token)), self._forced_row)
        self._forced_row.copy_(torch.where(asked, len(STARTERS), starters))
        for counter in (self._forced_at, self._count):
            counter.masked_fill_(asked | begins, 0)
        mode = torch.where(begins, PROMPT, self._mode)
        self._mode.copy_(torch.where(asked, ANSWER, mode))
        self._token.copy_(torch.where(begins, self._opening, token))
        self._position.copy_(torch.where(begins, self._first, self._position + 1))

    def write(self, seconds: float) -> Written:
        """Writes until the seconds or the steps are over; on a GPU by one recorded step."""
        began, most = time.monotonic(), len(self._ids)
        step = self._recorded() if self.device.type == "cuda" else self.step
        while time.monotonic() - began < seconds and int(self._step) < most:
            for _ in range(min(AT_ONCE, most - int(self._step))):
                step()
        done = int(self._step)
        ids, marks = (of[:done].T.cpu().numpy().copy() for of in (self._ids, self._marks))
        return Written(ids, marks, self.between)

    def _recorded(self) -> Callable[[], None]:
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                self.step()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.step()
        return graph.replay
