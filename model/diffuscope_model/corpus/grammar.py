"""The little English grammar that the corpus needs: articles, plurals, pronouns, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from diffuscope_model.corpus.name_pronouns import HE_DESPITE_ENDING, SHE_DESPITE_ENDING

_AN = re.compile(
    r"^(?:[aeio]|u(?!ni|s[eu]|kul|t[ei]n|ran|fo)|hour|honest|heir|honou?r|x-ray)", re.I
)
_A_ALTHOUGH_VOWEL = re.compile(r"^(?:one\b|once\b|eu|ewe\b|unin|unim)", re.I)
_UN_PREFIX = re.compile(r"^(?:unin|unim|unu)", re.I)

_ODD_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth",
    "goose": "geese", "mouse": "mice", "ox": "oxen", "person": "people", "sheep": "sheep",
    "deer": "deer", "fish": "fish", "knife": "knives", "wife": "wives", "life": "lives",
    "leaf": "leaves", "wolf": "wolves", "half": "halves", "shelf": "shelves", "calf": "calves",
    "loaf": "loaves", "thief": "thieves", "scarf": "scarves", "elf": "elves", "hoof": "hooves",
    "potato": "potatoes", "tomato": "tomatoes", "hero": "heroes", "echo": "echoes",
    "mosquito": "mosquitoes", "moose": "moose", "bison": "bison", "salmon": "salmon",
    "trout": "trout", "squid": "squid", "dice": "dice", "louse": "lice", "penny": "pennies",
    "cactus": "cacti",
}  # fmt: skip


@dataclass(frozen=True)
class Pronouns:
    """How a text speaks of one character after its first mention."""

    he: str
    him: str
    his: str


HE, SHE = Pronouns("he", "him", "his"), Pronouns("she", "her", "her")


def pronouns(name: str) -> Pronouns:
    """The pronouns for a first name: always the same for the same name, by its ending.

    A rule, with lists of exceptions, so that a reader of the name alone can tell which it will be.
    """
    if name in SHE_DESPITE_ENDING:
        return SHE
    if name in HE_DESPITE_ENDING:
        return HE
    return SHE if re.search(r"(?:a|ah|e|ie|lyn|lynn|beth)$", name) else HE


def a(noun: str) -> str:
    """`noun` behind its indefinite article: "an owl", "a uniform"."""
    vowel = bool(_AN.match(noun)) and not _A_ALTHOUGH_VOWEL.match(noun)
    return f"{'an' if vowel or _UN_PREFIX.match(noun) else 'a'} {noun}"


def plural(noun: str) -> str:
    """The plural of a bare singular noun; of a compound, the plural of its last word."""
    head, gap, last = noun.rpartition(" ")
    if last in _ODD_PLURALS:
        return head + gap + _ODD_PLURALS[last]
    if last.endswith(("man", "mouse", "foot", "tooth", "goose", "fish", "knife", "shelf", "leaf")):
        for end in ("man", "mouse", "foot", "tooth", "goose", "fish", "knife", "shelf", "leaf"):
            if last.endswith(end) and last != "human":
                return head + gap + last[: -len(end)] + _ODD_PLURALS[end]
    if re.search(r"(?:s|x|z|ch|sh)$", last):
        return noun + "es"
    if re.search(r"[^aeiou]y$", last):
        return noun[:-1] + "ies"
    return noun + "s"


def capital(text: str) -> str:
    """`text` with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]


def and_list(items: Sequence[str]) -> str:
    """Items as a person lists them: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
