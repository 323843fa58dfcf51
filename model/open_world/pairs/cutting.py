"""Pairs out of what was written side by side."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from open_world.pairs.pair import Pair
from open_world.pairs.writer import ANSWERED, CUT, SPOILT, Written
from open_world.tokens import END

SHORTEST_CUT = 24
"""Tokens that an answer which was cut must have up to its last whole sentence."""
LOOKED_AT, RUN, LEAST_DIFFERENT = 24, 4, 0.75
"""An answer of so many tokens is dropped if fewer of its runs of four differ."""


def sentence_ends(tokenizer: Tokenizer) -> NDArray[np.int64]:
    """The ids of tokens that end a sentence."""
    texts = (tokenizer.decode([token]).strip() for token in range(tokenizer.get_vocab_size()))
    return np.array([token for token, text in enumerate(texts) if text.endswith((".", "!", "?"))])


def pairs_in(written: Written, ends: NDArray[np.int64], longest: int) -> Iterator[Pair]:
    """The usable pairs; an answer that was cut ends with its last whole sentence.

    Args:
        ends: see `sentence_ends`.
        longest: tokens of an answer at most.
    """
    for ids, marks in zip(written.ids, written.marks, strict=True):
        start = 0
        for end in np.flatnonzero(marks):
            text, mark, start = ids[start : end + 1], marks[end], end + 1
            if mark != SPOILT and (pair := _pair(text, mark, written.between, ends, longest)):
                yield pair


def _pair(
    text: NDArray, mark: int, between: tuple[int, ...], ends: NDArray, longest: int
) -> Pair | None:
    asked = np.flatnonzero(text == END)
    if not len(asked):
        return None
    prompt, rest = text[: asked[0]], text[asked[0] + 1 :]
    if tuple(rest[: len(between)]) != between:
        return None
    answer = rest[len(between) :]
    if mark == ANSWERED:
        answer = answer[:-1][:longest]
    elif mark == CUT:
        answer = answer[:longest]
        whole = np.flatnonzero(np.isin(answer, ends))
        if not len(whole) or whole[-1] < SHORTEST_CUT:
            return None
        answer = answer[: whole[-1] + 1]
    if len(answer) < 1 or len(prompt) < 2 or _repeats(answer.tolist()):
        return None
    return Pair(prompt.astype(np.uint16), answer.astype(np.uint16), bool(mark == ANSWERED))


def _repeats(answer: list[int]) -> bool:
    if len(answer) < LOOKED_AT:
        return False
    runs = [tuple(answer[at : at + RUN]) for at in range(len(answer) - RUN + 1)]
    return len(set(runs)) < LEAST_DIFFERENT * len(runs)
