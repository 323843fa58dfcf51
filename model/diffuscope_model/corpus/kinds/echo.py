"""Repeating random words: the plainest exercise in copying."""

from __future__ import annotations

from functools import cache
from random import Random

from diffuscope_model.corpus import words
from diffuscope_model.corpus.composing import composed
from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out

_VERBS = ("repeat", "say", "echo", "copy", "write", "type", "print", "give back")
_BEFORE = (
    "{Verb}: {text}", "{Verb} this: {text}", "{Verb} these words: {text}", "{Verb} again: {text}",
    "{Verb} the words: {text}", "{Verb} the following: {text}", "{Verb} exactly: {text}",
    "{Verb} this once more: {text}", "{Verb} just this: {text}", "{Verb} this line: {text}",
)  # fmt: skip
_QUOTED = (
    '{Verb} "{text}".', '{Verb} "{text}"', '{Verb} "{text}" once.', '{Verb} "{text}" exactly.',
    '{Verb} "{text}" and nothing else.', '{Verb} "{text}" and no other word.',
    '{Verb} "{text}" and stop there.', '{Verb} "{text}" word for word.', 'Please {verb} "{text}".',
)  # fmt: skip
_AFTER = (
    "{text}\n{Verb} that.", "{text}\n{Verb} it again.", "{text}\n{Verb} the line above.",
    "{text}\n{Verb} the words above.", "{text}\n{Verb} that once more.", "{text}\n{Verb} this.",
)  # fmt: skip
_WHOLE = (
    "Repeat after me: {text}", "Read back: {text}", "Give this back to me: {text}",
    'Answer "{text}" and stop there.', 'Answer with just "{text}".',
)  # fmt: skip

PHRASINGS = (*composed(_BEFORE + _QUOTED + _AFTER, "verb", _VERBS), *_WHOLE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def _pool(split: Split) -> tuple[list[str], ...]:
    plain = [*words.things(split), *words.animals(split), *words.foods(split), *words.jobs(split)]
    single = [w for w in plain if " " not in w]
    pairs = [w for w in plain if " " in w]
    return (single, pairs, words.first_names(split), words.last_names(split), words.cities(split))


def _item(rng: Random, split: Split) -> str:
    chance = rng.random()
    if chance < 0.1:
        return str(rng.randrange(10 ** rng.randint(1, 4)))
    if chance < 0.2:
        return "".join(rng.choices(_LETTERS, k=rng.randint(2, 5)))
    single, pairs, first, last, cities = _pool(split)
    if chance < 0.4:
        return rng.choice(words.coined(split))
    if chance < 0.5:
        return rng.choice(single)
    if chance < 0.55:
        return rng.choice(pairs)
    return rng.choice(first if chance < 0.75 else last if chance < 0.9 else cities)


def draw(rng: Random, split: Split) -> Facts:
    """Two to eight items with a blank, or now and then a comma, between them."""
    separator = ", " if rng.random() < 0.15 else " "
    while True:
        text = separator.join(_item(rng, split) for _ in range(rng.randint(2, 8)))
        if held_out(text) == (split == "test"):
            return {"text": text}


def check(facts: Facts, answer: str) -> bool:
    """Exactly the same text, blanks around it aside."""
    return answer.strip() == facts["text"]


KIND = Kind("echo", 10, draw, PHRASINGS, lambda facts, rng: facts["text"], check)
