"""Pulling asked-for fields out of a sentence into a compact JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

from diffuscope_model.corpus import json_sentences, words
from diffuscope_model.corpus.composing import composed
from diffuscope_model.corpus.grammar import a as with_article
from diffuscope_model.corpus.grammar import and_list
from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out
from diffuscope_model.corpus.phrasing_noise import blur

_TAKE = (
    "Extract", "Get", "Get me", "Give", "Give me", "Return", "Find", "Pull", "Pull out", "Pick out",
    "Write", "Write down", "List", "Show", "Show me", "Take", "Collect", "Read off", "Print",
    "Output", "I need", "I want",
)  # fmt: skip
_TAKEN = (
    "{verb} {asked} as JSON: {text}",
    "{verb} the {asked} as JSON: {text}",
    "{verb} {asked} as JSON from: {text}",
    "{verb} {asked} in JSON for: {text}",
    "{verb} {asked} from this {what} as JSON: {text}",
    "{verb} the {asked} from this {what} as JSON: {text}",
    "{verb} the {asked} in this {what} and answer in JSON: {text}",
    "{verb} {asked} out of this as JSON: {text}",
    "{verb} JSON with {asked}: {text}",
    "{verb} JSON with the keys {asked}: {text}",
    "{verb} a JSON object with {asked} for: {text}",
    "{verb} these fields as JSON: {asked}. Text: {text}",
    '{verb} {asked} as JSON from "{text}"',
    "{text}\n{verb} {asked} as JSON.",
    "{text}\n{verb} the {asked} as JSON.",
    "{text}\n{verb} JSON with {asked}.",
    "{text} {verb} {asked} as JSON.",
    "{verb} JSON: {text} ({asked})",
    "{verb} JSON from this {what}: {text} ({asked})",
)
_TURN = ("Turn", "Convert", "Change", "Rewrite", "Make", "Put", "Translate", "Bring")
_TURNED = (
    "{verb} this into JSON with {asked}: {text}",
    "{verb} this {what} into JSON with {asked}: {text}",
    "{verb} this {what} into JSON with the fields {asked}: {text}",
    "{verb} this {what} into a JSON object with {asked}: {text}",
    "{verb} it to JSON with {asked}: {text}",
    "{verb} to JSON with {asked}: {text}",
    "{text}\n{verb} this into JSON with {asked}.",
)
_WHATS = ("text", "sentence", "message", "note")
_BARE = (
    "JSON with {asked}: {text}",
    "JSON ({asked}): {text}",
    "JSON: {text} ({asked})",
    "{text} JSON: {asked}",
    "JSON please, fields {asked}: {text}",
    "Make a JSON record ({asked}): {text}",
    "Fields: {asked}. Answer as JSON. Text: {text}",
    "{text}\nJSON with {asked}, please.",
    "Read this and return JSON with {asked}: {text}",
    "What are the {asked}? Answer in JSON: {text}",
)


PHRASINGS = (
    *composed(composed(_TAKEN, "verb", _TAKE), "what", _WHATS),
    *composed(composed(_TURNED, "verb", _TURN), "what", _WHATS),
    *_BARE * 6,
)

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_COLOURS = (
    "red blue green yellow purple pink orange white black grey brown gold silver violet teal "
    "crimson beige turquoise indigo maroon olive lilac"
).split()


def _name(rng: Random, split: Split) -> str:
    first = rng.choice(words.first_names(split))
    return f"{first} {rng.choice(words.last_names(split))}" if rng.random() < 0.5 else first


def _price(rng: Random, split: Split) -> int | float:
    whole = rng.randrange(1, 10 ** rng.randint(1, 3))
    return whole if rng.random() < 0.75 else round(whole + rng.randrange(1, 10) / 10, 1)


COINED_SHARE = 0.55
"""How often a noun is one that nobody knows. The written lists of jobs, foods and animals are short
enough to be learnt by heart, and a network that recalls its nouns doesn't copy new ones."""


def _noun(known: Callable[[Split], list[str]]) -> Callable[[Random, Split], str]:
    def draw_noun(rng: Random, split: Split) -> str:
        return rng.choice(words.coined(split) if rng.random() < COINED_SHARE else known(split))

    return draw_noun


_VALUES: dict[str, Callable[[Random, Split], Any]] = {
    "name": _name,
    "age": lambda rng, split: rng.randint(4, 98),
    "city": lambda rng, split: rng.choice(words.cities(split)),
    "job": _noun(words.jobs),
    "item": _noun(words.things),
    "price": _price,
    "day": lambda rng, split: rng.choice(_DAYS),
    "colour": lambda rng, split: rng.choice(_COLOURS),
    "food": _noun(words.foods),
    "pet": _noun(words.animals),
    "quantity": lambda rng, split: rng.randint(2, 40),
    "year": lambda rng, split: rng.randint(1950, 2025),
}


_SLOT = re.compile(r"\{(?:a_)?(\w+)\}")


def _composed(rng: Random) -> str:
    opening = rng.choice(json_sentences.OPENINGS)
    free = [field for field in json_sentences.PREDICATES if field not in _SLOT.findall(opening)]
    said = rng.sample(free, rng.randint(3, 5) - opening.count("{"))
    clauses = [rng.choice(json_sentences.PREDICATES[field]) for field in said]
    return f"{opening} {and_list(clauses) or 'says hello'}."


def _skeleton(rng: Random, split: Split) -> str:
    while True:
        skeleton = rng.choice(json_sentences.WHOLE) if rng.random() < 0.35 else _composed(rng)
        if held_out(skeleton) == (split == "test"):
            return skeleton


def draw(rng: Random, split: Split) -> Facts:
    """A sentence of three to five fields and which of them are asked for, in which order."""
    skeleton = _skeleton(rng, split)
    if split == "train":
        skeleton = blur(skeleton, rng)
    fields = list(dict.fromkeys(_SLOT.findall(skeleton)))
    values = {field: _VALUES[field](rng, split) for field in fields}
    articled = {f"a_{field}": with_article(str(value)) for field, value in values.items()}
    asked = list(fields)
    while len(asked) > 2 and rng.random() < 0.3:
        asked.remove(rng.choice(asked))
    if rng.random() < 0.5:
        rng.shuffle(asked)
    return {
        "text": skeleton.format(**values, **articled),
        "asked": _listed(asked, rng),
        "record": {field: values[field] for field in asked},
    }


def _listed(fields: list[str], rng: Random) -> str:
    return ", ".join(fields) if rng.random() < 0.3 else and_list(fields)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def check(facts: Facts, answer: str) -> bool:
    """One JSON object with the asked keys in any order and values of the right type."""
    try:
        found = json.loads(answer, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        return False
    wanted = facts["record"]
    return (
        isinstance(found, dict)
        and found == wanted
        and all(type(found[field]) is type(value) for field, value in wanted.items())
    )


KIND = Kind(
    "json-extraction",
    26,
    draw,
    PHRASINGS,
    lambda facts, rng: json.dumps(facts["record"]),
    check,
)
