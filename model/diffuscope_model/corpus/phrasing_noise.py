"""The noise of real prompts: small letters, missing punctuation, polite words, typing errors."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from diffuscope_model.corpus.grammar import capital
from diffuscope_model.corpus.kind import held_out
from diffuscope_model.corpus.outside_topics import TOPICS

NOISE_SHARE = 0.3
"""How many phrasings are disturbed at all."""

_PROTECTED = re.compile(r'("[^"]*"|\{\{|\}\}|\{[^{}]*\})')
"""Quoted text, literal braces and slots; splitting by it leaves free text at even places."""

_WORD = re.compile(r"[A-Za-z]{4,}")
BLURRED_SHARE, LEFT_OUT_SHARE, REPLACED_SHARE = 0.45, 0.2, 0.07
"""How many phrasings are blurred in training, where a kind allows that, and how many words."""
_WORD_AND_BLANK = re.compile(r"\b[A-Za-z']+ ")
_REQUESTS = frozenset(
    "add answer arrange calculate change compute convert copy create define describe echo explain "
    "extract fill find give implement invent list make name note order pick pull put read repeat "
    "return reverse rewrite say solve sort subtract summarise summarize suggest take tell think "
    "turn type work write complete finish replace compose produce show flip sum code".split()
)
_REQUEST_OPENINGS = ("Please ", "please ", "Could you please ", "can you ", "Could you ", "pls ")
_GREETINGS = ("Hi, ", "Hello! ", "hey, ", "Hi! ", "Hello, ", "OK, ")
_THANKS = (" Thanks!", " Thank you.", " thanks", " Please.", " Thanks")


def _lower(template: str) -> str:
    parts = _PROTECTED.split(template)
    return "".join(p if i % 2 else p.lower() for i, p in enumerate(parts))


def _without_end(template: str) -> str:
    return template[:-1] if template[-1:] in (".", "?", "!") else template


def _decapitalised(template: str) -> str:
    return template[:1].lower() + template[1:]


def _polite(template: str, rng: Random) -> str:
    first = re.match(r"[A-Za-z]+", template)
    ends = template[-1:] in (".", "?", "!")
    chance = rng.random()
    if first and first.group().lower() in _REQUESTS and chance < 0.6:
        opening = rng.choice(_REQUEST_OPENINGS)
        asks = "you" in opening and template.endswith(".") and ". " not in template
        return opening + _decapitalised(template[:-1] + "?" if asks else template)
    if ends and chance < 0.8:
        return template + rng.choice(_THANKS)
    greeting = rng.choice(_GREETINGS)
    return greeting + (_decapitalised(template) if greeting.endswith(", ") else template)


def _mistyped(template: str, rng: Random) -> str:
    parts = _PROTECTED.split(template)
    words = [(i, m) for i in range(0, len(parts), 2) for m in _WORD.finditer(parts[i])]
    if not words:
        return template
    i, match = rng.choice(words)
    word = match.group()
    at = rng.randrange(1, len(word) - 1)
    way = rng.randrange(3)
    if way == 0:
        wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    elif way == 1:
        wrong = word[:at] + word[at + 1 :]
    else:
        wrong = word[:at] + word[at] + word[at:]
    parts[i] = parts[i][: match.start()] + wrong + parts[i][match.end() :]
    return "".join(parts)


def disturb(template: str, rng: Random) -> str:
    """The template, in about 30 % of calls with one or two disturbances.

    Slots `{...}`, literal braces `{{` and `}}` and text in double quotes stay as they are, so what
    is to be copied is never changed and the result formats with the same facts. A template that
    ends in a slot gets nothing appended, which would blur where the copied text ends.
    """
    if rng.random() >= NOISE_SHARE:
        return template
    for _ in range(2 if rng.random() < 0.15 else 1):
        way = rng.random()
        if way < 0.25:
            template = _lower(template)
        elif way < 0.45:
            template = _without_end(template)
        elif way < 0.75:
            template = _polite(template, rng)
        else:
            template = _mistyped(template, rng)
    return template


@cache
def _other_words() -> tuple[str, ...]:
    """Words of people's prompts about anything; none of a phrasing that is held out."""
    prompts = [p for topic in TOPICS for p in (*topic.prompts, *topic.composed) if not held_out(p)]
    return tuple(sorted({word for p in prompts for word in re.findall(r"\b[a-z]{3,}\b", p)}))


def blur(template: str, rng: Random) -> str:
    """The template, in about half of all calls with some words of its own left out or replaced.

    What is meant must often be told from less than a known phrasing, and what is to be copied
    stands beside words that nobody foresaw. A network that learns phrasings by heart is sure of
    itself, and wrong, where it meets another one.
    """
    if rng.random() >= BLURRED_SHARE:
        return template

    def other(word: re.Match[str]) -> str:
        chance = rng.random()
        if chance < LEFT_OUT_SHARE:
            return ""
        replaced = chance < LEFT_OUT_SHARE + REPLACED_SHARE
        return rng.choice(_other_words()) + " " if replaced else word.group()

    parts = _PROTECTED.split(template)
    for i in range(0, len(parts), 2):
        parts[i] = _WORD_AND_BLANK.sub(other, parts[i])
    blurred = "".join(parts)
    # What is left of one phrasing may be another one, which tests keep for themselves.
    return template if held_out(blurred) or held_out(capital(blurred)) else blurred
