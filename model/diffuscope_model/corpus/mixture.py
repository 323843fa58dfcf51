"""All kinds of prompts and how often each is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from diffuscope_model.corpus.kind import Example, Kind, Split
from diffuscope_model.corpus.kinds import (
    arithmetic,
    echo,
    facts,
    functions,
    gaps,
    json_extraction,
    list_order,
    notes,
    outside,
    short_lists,
    stories,
    sudoku,
)
from diffuscope_model.corpus.sample import sample

KINDS: tuple[Kind, ...] = (
    echo.KIND,
    json_extraction.KIND,
    arithmetic.KIND,
    list_order.KIND,
    functions.KIND,
    stories.KIND,
    notes.KIND,
    facts.KIND,
    short_lists.KIND,
    gaps.KIND,
    sudoku.KIND,
    outside.KIND,
)


def kind_named(name: str) -> Kind:
    """The kind of that name.

    Raises:
        ValueError: if there is none; the message lists the names.
    """
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise ValueError(f"no kind {name!r}; the kinds are {', '.join(k.name for k in KINDS)}")


def draw_example(rng: Random, split: Split, shares: Mapping[str, float] | None = None) -> Example:
    """One example of a kind drawn by its share.

    Args:
        rng: source of all randomness; the same state gives the same example.
        split: training or test examples.
        shares: relative weights by kind that replace the kinds' own, where given.

    Raises:
        ValueError: if `shares` names an unknown kind.
    """
    for name in shares or ():
        kind_named(name)
    weights = [(shares or {}).get(kind.name, kind.share) for kind in KINDS]
    return sample(rng.choices(KINDS, weights)[0], rng, split)
