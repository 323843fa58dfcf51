"""Word lists of thousands of entries, so that copying a word is learnt and not recall of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from random import Random
from typing import get_args

from diffuscope_model.corpus.kind import Split, of_split

_ONSETS = (
    "b br c ch cl d dr f fl g gl gr h j k kl l m n p pr qu r s sh sk st t th tr v w y z".split()
)
_VOWELS = "a a e e i i o o u ai ea ei ia io oa".split()
_MIDDLES = "b d k l l m n n p r r s t v z nd lm rt st ll nn rr".split()
_NAME_ENDS = "a a e i o an en in on is us ia el il ar or ah eth ina ella ico ano".split()
_FAMILY_ENDS = "er en ick ley man ski sen ova ez o a ard ett ow wood field ton by berg".split()
_CITY_ENDS = (
    "burg ton ville ford mouth stad by port dale ham haven field wick a o ana ora is".split()
)

_PLACE_ADJECTIVES = "big little wide new quiet dark green white royal upper lower northern".split()

_NOUNS = ("animals", "foods", "jobs", "places", "things")
"""The written lists of nouns."""
_NOUN_ENDS = "et o er el ock le ing ot um in ish ard ey oon ick".split()

FIRST_NAMES, LAST_NAMES, THINGS, CITIES, COINED = 80_000, 80_000, 12_000, 80_000, 100_000
"""How many entries each list has over both splits, invented ones included: more than a network this
small could learn by heart in a training of millions of examples."""


@cache
def written(name: str) -> tuple[str, ...]:
    text = files("diffuscope_model.corpus").joinpath(f"word_lists/{name}.txt").read_text("ascii")
    return tuple(text.splitlines())


@cache
def _with_invented(name: str, ends: tuple[str, ...], total: int) -> tuple[str, ...]:
    """The written list, then pronounceable inventions, capitalised; the same on every call."""
    return _invented(name, ends, total, dict.fromkeys(written(name)))


def _invented(
    name: str, ends: tuple[str, ...], total: int, words: dict[str, None]
) -> tuple[str, ...]:
    """Adds inventions made of syllables until there are `total` words."""
    rng = Random(f"invented {name}")
    while len(words) < total:
        middle = rng.choice(_VOWELS) + rng.choice(_MIDDLES) if rng.random() < 0.35 else ""
        stem = rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_MIDDLES) + middle
        word = (stem + rng.choice(ends)).capitalize()
        if len(word) <= 11:
            words[word] = None
    return tuple(words)


@cache
def _things() -> tuple[str, ...]:
    """Bare nouns, then compounds such as "copper lantern"."""
    rng = Random("compound things")
    nouns, adjectives = written("things"), written("thing_adjectives")
    words = dict.fromkeys(nouns)
    while len(words) < THINGS:
        adjective, noun = rng.choice(adjectives), rng.choice(nouns)
        if adjective != noun:
            words[f"{adjective} {noun}"] = None
    return tuple(words)


@cache
def _of_written(name: str, split: Split) -> list[str]:
    return of_split(written(name), split)


@cache
def first_names(split: Split) -> list[str]:
    """Given names, real and invented, capitalised."""
    return of_split(_with_invented("first_names", tuple(_NAME_ENDS), FIRST_NAMES), split)


@cache
def last_names(split: Split) -> list[str]:
    """Family names, real and invented, capitalised."""
    return of_split(_with_invented("last_names", tuple(_FAMILY_ENDS), LAST_NAMES), split)


def _words_of(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(word for entry in entries for word in entry.split(" "))


@cache
def words_of_tests() -> frozenset[str]:
    """The words of listed nouns, such as "hall" of "concert hall", that no training noun has."""
    lists = (animals, foods, jobs, places, things)
    tests, training = (
        _words_of(entry for nouns in lists for entry in nouns(split))
        for split in get_args(Split)[::-1]
    )
    return tests - training


@cache
def _ordinary() -> list[str]:
    """Plain words of all sorts, lower case."""
    texts = (entry for name in (*_NOUNS, "outside_topics") for entry in written(name))
    every = {word for text in texts for word in re.findall(r"(?<![{\w])[a-z]{3,}(?![}\w])", text)}
    return sorted(every - words_of_tests())


def _recombined() -> set[str]:
    """An ordinary word or its start with the end of another one: "turnage", "tuage"."""
    rng, sources = Random("recombined nouns"), _ordinary()
    known = _words_of(entry for name in _NOUNS for entry in written(name))
    made: set[str] = set()
    while len(made) < COINED // 2:
        first, second = rng.choice(sources), rng.choice(sources)
        if rng.random() < 0.5:
            first = first[: rng.randint(2, len(first))]
        word = first + second[-rng.randint(2, len(second)) :]
        if len(word) <= 11 and word not in known:
            made.add(word)
    return made


_GLUE = frozenset(
    "and are away but can did does for from had has have her him his how into its not now off "
    "one out she than that the then there they this too until was were what when where "
    "which who why will with would yes yet you your".split()
)
"""Ordinary words that would double a word of a sentence, as in "waved to the until until"."""
ORDINARY_COPIES = 40
"""How often an ordinary word is among the coined ones: a third of them are ordinary."""


@cache
def coined(split: Split) -> list[str]:
    """Nouns that nobody knows, lower case: of syllables, and of the parts of ordinary words.

    Training has ordinary words among them, whatever they mean: a token that a network has met in
    one context only it does not copy in others.
    """
    made = dict.fromkeys(
        word.lower() for word in _invented("nouns", tuple(_NOUN_ENDS), COINED // 2, {})
    )
    made |= dict.fromkeys(sorted(_recombined()))
    ordinary = [word for word in _ordinary() if word not in _GLUE] if split == "train" else []
    return [*of_split(tuple(made), split), *ordinary * ORDINARY_COPIES]


@cache
def cities(split: Split) -> list[str]:
    """Cities, real and invented, capitalised."""
    return of_split(_with_invented("cities", tuple(_CITY_ENDS), CITIES), split)


@cache
def things(split: Split) -> list[str]:
    """Concrete singular nouns and compounds without an article, lower case."""
    return of_split(_things(), split)


def draw_thing(rng: Random, split: Split) -> str:
    """A thing: of the list, or one of nouns that nobody knows, alone or after an adjective.

    Only a word that can't be known has to be copied; with listed words alone a network stops after
    the part of a word that it knows ("concert" for "concert hall").
    """
    chance = rng.random()
    if chance < 0.6:
        return rng.choice(things(split))
    noun = rng.choice(coined(split))
    return noun if chance < 0.85 else f"{rng.choice(written('thing_adjectives'))} {noun}"


def draw_place(rng: Random, split: Split) -> str:
    """A place: of the list, alone or after an adjective, or a noun that nobody knows."""
    chance = rng.random()
    if chance < 0.5:
        return rng.choice(places(split))
    noun = rng.choice(places(split) if chance < 0.6 else coined(split))
    adjective = rng.choice(_PLACE_ADJECTIVES) if chance <= 0.8 else ""
    return noun if not adjective or adjective in noun.split(" ") else f"{adjective} {noun}"


def animals(split: Split) -> list[str]:
    """Singular animals, lower case."""
    return _of_written("animals", split)


def places(split: Split) -> list[str]:
    """Bare nouns that fit "in the {place}" or "at the {place}", lower case."""
    return _of_written("places", split)


def foods(split: Split) -> list[str]:
    """Foods, lower case; some singular, some plural, some uncountable."""
    return _of_written("foods", split)


def jobs(split: Split) -> list[str]:
    """Occupations, singular, lower case."""
    return _of_written("jobs", split)
