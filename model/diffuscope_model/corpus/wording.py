"""Rules on wording that the checkers of free text share."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n)([A-Z][\w'-]*)")


def words_of(text: str) -> list[str]:
    """The words of a text in their order; hyphens and apostrophes belong to them."""
    return _WORD.findall(text)


def has_phrase(text: str, phrase: str) -> bool:
    """Whether `phrase` stands in `text` as whole words; the case of its first letter is free."""
    first = phrase[:1]
    either = (
        f"[{re.escape(first.lower())}{re.escape(first.upper())}]"
        if first.isalpha()
        else re.escape(first)
    )
    return re.search(rf"(?<![\w-]){either}{re.escape(phrase[1:])}(?![\w-])", text) is not None


def inner_capitals(text: str) -> set[str]:
    """Capitalised words that do not begin a sentence or a line: names, if the text is right."""
    starts = {match.start(1) for match in _SENTENCE_START.finditer(text)}
    return {
        m.group()
        for m in _WORD.finditer(text)
        if m.group()[0].isupper() and m.start() not in starts
    }


def doubles_a_word(text: str) -> bool:
    """Whether a word follows itself, as when two positions commit the same token."""
    return re.search(r"\b([A-Za-z']+)\s+\1\b", text, re.I) is not None


def lower_vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """All words of texts or templates in lower case; the names of slots are left out."""
    return frozenset(
        word.lower() for text in texts for word in words_of(re.sub(r"\{.*?\}", " ", text))
    )


def unknown_words(text: str, known: frozenset[str], given: str) -> set[str]:
    """Words of `text` that are neither in `known` nor in the facts' text `given`."""
    allowed = known | {word.lower() for word in words_of(given)}
    return {word for word in words_of(text) if word.lower() not in allowed}


def misses_an_article_rule(text: str, article) -> bool:
    """Whether an "a" or "an" in `text` disagrees with the word behind it by the rule `article`."""
    pairs = re.findall(r"\b([Aa]n?)\s+([A-Za-z][\w'-]*)", text)
    return any(article(word).split()[0] != found.lower() for found, word in pairs)
