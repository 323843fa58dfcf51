"""What is broken in a text, countable without knowing what it says."""

from __future__ import annotations

import re
from collections import Counter

RUN, LOOPED = 4, 3
"""A text loops where a run of so many tokens stands in it so many times."""

DOUBLED_WORD = re.compile(r"\b([a-z]{2,})\s+\1\b", re.IGNORECASE)
DOUBLED_MARK = re.compile(r"[.,;:]\s*[.,;](?!\d)|[.,;]\s*:")
"""Two marks that no writer puts together."""
MEANT = re.compile(r"\b(that that|had had|very very|so so|bye bye|knock,? knock)\b", re.IGNORECASE)
"""Doubled words that people do write."""
ELLIPSIS = re.compile(r"\.{3,}|…")
ABBREVIATION = re.compile(
    r"\b(etc|e\.g|i\.e|a\.m|p\.m|Mr|Mrs|Dr|St|U\.S|Inc|Jr|vs)\.", re.IGNORECASE
)


def loops(ids: list[int]) -> bool:
    """Whether a run of RUN tokens stands in them LOOPED times."""
    runs = Counter(tuple(ids[at : at + RUN]) for at in range(len(ids) - RUN + 1))
    return any(count >= LOOPED for count in runs.values())


def repeated_share(ids: list[int]) -> float:
    """The share of runs of RUN tokens that stand in them more than once."""
    runs = [tuple(ids[at : at + RUN]) for at in range(len(ids) - RUN + 1)]
    counts = Counter(runs)
    return sum(counts[run] > 1 for run in runs) / max(1, len(runs))


def has_double(text: str) -> bool:
    """Whether a word or a mark stands doubled where no writer would double it."""
    text = ABBREVIATION.sub("abbreviation", ELLIPSIS.sub(" ", text))
    text = MEANT.sub(" ", text)
    return bool(DOUBLED_WORD.search(text) or DOUBLED_MARK.search(text))
