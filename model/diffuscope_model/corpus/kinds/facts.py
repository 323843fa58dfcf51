"""Plain facts from the taught tables. All facts are trained on; the ways to ask are held out."""

from __future__ import annotations

import re
from random import Random

from diffuscope_model.corpus.fact_tables import FRAMES, RELATIONS, Relation
from diffuscope_model.corpus.grammar import a, capital, plural
from diffuscope_model.corpus.kind import Facts, Kind, Split
from diffuscope_model.corpus.wording import has_phrase

_BY_NAME = {relation.name: relation for relation in RELATIONS}
_DRAWN = [(relation.name, key) for relation in RELATIONS for key in relation.table]


def _draw(rng: Random, split: Split) -> Facts:
    del split  # every fact is taught
    name, key = rng.choice(_DRAWN)
    value = _BY_NAME[name].table[key]
    return {
        "relation": name, "key": key, "value": value,
        "Key": capital(key), "keys": plural(key), "a_key": a(key), "A_key": capital(a(key)),
        "a_value": a(value), "value_unit": value.split(" ")[-1],
    }  # fmt: skip


def phrasings_of(relation: Relation) -> list[str]:
    """Every way to ask for a fact of the relation, as templates."""
    framed = [frame.format(phrase) for phrase in relation.phrases for frame in FRAMES]
    return [*relation.questions, *framed]


_PHRASINGS = {relation.name: phrasings_of(relation) for relation in RELATIONS}


def _phrasings(facts: Facts) -> list[str]:
    return _PHRASINGS[facts["relation"]]


def _answer(facts: Facts, rng: Random) -> str:
    del rng  # a fact has one answer, so that both decoders can be sure of it
    return _BY_NAME[facts["relation"]].answer.format(**facts)


def check(facts: Facts, text: str) -> bool:
    """Whether the sentence has the key and its value and no rival value of the same relation."""
    relation = _BY_NAME[facts["relation"]]
    right = relation.answer.format(**facts)
    rivals = {value for value in relation.table.values() if not has_phrase(right, value)}
    return (
        re.fullmatch(r"[^.\n]*\w\.\s*", text) is not None
        and len(text) <= 2 * len(right) + 20
        and has_phrase(text, facts["key"])
        and has_phrase(text, facts["value"])
        and not any(has_phrase(text, rival) for rival in rivals)
    )


KIND = Kind("facts", 15, _draw, _phrasings, _answer, check, blurred=True)
