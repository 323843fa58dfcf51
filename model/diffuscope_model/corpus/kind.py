"""What a kind of prompt is: facts, phrasings, an answer and a checker."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any, Literal

Split = Literal["train", "test"]
"""Training examples and test examples share no phrasing and no held-out word or combination."""

Facts = dict[str, Any]
"""What an example is about; JSON values only, so that a corpus line can be checked again later."""

HELD_OUT_SHARE = 8
"""One phrasing, word and combination in this many is seen in tests only."""


@lru_cache(maxsize=1 << 17)
def held_out(text: str) -> bool:
    """Whether `text` (a phrasing, a word, a combination) is for tests only. Never changes."""
    return hashlib.sha256(text.encode()).digest()[0] % HELD_OUT_SHARE == 0


def of_split(items: Sequence[str], split: Split) -> list[str]:
    """The items of one split, in their order.

    Raises:
        ValueError: if the split would be empty: the list needs more items.
    """
    chosen = [item for item in items if held_out(item) == (split == "test")]
    if not chosen:
        raise ValueError(f"no {split} items among {len(items)}, which begin with {items[0]!r}")
    return chosen


@dataclass(frozen=True)
class Example:
    """One prompt with a right answer and all that a checker needs."""

    kind: str
    prompt: str
    answer: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A family of prompts whose answers can be checked.

    Attributes:
        name: short, lower case, with hyphens; it names the row in every table.
        share: relative weight in the training mixture.
        draw: draws the facts of one example for a split.
        phrasings: prompts as templates for `str.format(**facts)`; held out one by one. May also be
            a function of the facts that returns the templates that fit them.
        answer: a right answer for the facts; the random source picks among equally good ones.
        check: whether an answer is right for the facts. Never raises, whatever the text.
        noisy: whether typos and polite wrappers may be applied to the phrasing.
        blurred: whether training may leave out or replace words of the phrasing's own.
        parts: further checks, by what they ask of an answer: the parts of rightness that are
            reported by themselves.
    """

    name: str
    share: float
    draw: Callable[[Random, Split], Facts]
    phrasings: Sequence[str] | Callable[[Facts], Sequence[str]]
    answer: Callable[[Facts, Random], str]
    check: Callable[[Facts, str], bool]
    noisy: bool = True
    blurred: bool = False
    parts: Mapping[str, Callable[[Facts, str], bool]] = field(default_factory=dict)
