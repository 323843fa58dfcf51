"""Putting the elements of a list into order: numbers, words, or the same list backwards."""

from __future__ import annotations

from functools import cache
from random import Random

from diffuscope_model.corpus import words
from diffuscope_model.corpus.composing import composed
from diffuscope_model.corpus.grammar import and_list
from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out

_ASKS = {
    "ascending": (
        "from smallest to largest", "from smallest to biggest", "from small to big",
        "from low to high", "from lowest to highest", "from least to greatest",
        "from the smallest to the largest", "in ascending order", "in increasing order", "upwards",
        "smallest first", "lowest first", "least first", "starting with the smallest",
    ),
    "descending": (
        "from largest to smallest", "from biggest to smallest", "from big to small",
        "from high to low", "from highest to lowest", "from greatest to least",
        "from the largest to the smallest", "in descending order", "in decreasing order",
        "downwards", "largest first", "biggest first", "highest first", "greatest first",
        "starting with the largest",
    ),
    "alphabetical": (
        "alphabetically", "from A to Z", "in alphabetical order", "by the alphabet",
        "in ABC order", "in the order of the alphabet", "in dictionary order",
        "as in a dictionary", "A to Z",
    ),
    "reversed": (
        "in reverse order", "in reverse", "backwards", "from last to first",
        "from the last to the first", "from back to front", "the other way round",
        "last one first", "from the end to the start",
    ),
}  # fmt: skip
"""How an order is asked for: each is put with each verb and frame."""
_VERBS = ("Sort", "Order", "Arrange", "Put", "List", "Write", "Give me", "Show me", "Say")
_FRAMES = (
    "{verb} these {what} {ask}: {list}",
    "{verb} the {what} {list} {ask}.",
    "{verb} {list} {ask}.",
    "{verb} {list} {ask}",
    "{verb} {ask}: {list}",
    "{verb} these {ask}: {list}",
    "{list}\n{verb} these {ask}.",
    "{list}\n{verb} these {what} {ask}.",
)
_WITHOUT_VERB = (
    "What is {list} {ask}?", "{list} {ask}", "{list}, {ask}, please.", "{list}\n{ask}, please.",
)  # fmt: skip
_SHORT = {
    "ascending": ("Sort these numbers: {list}", "Sort the numbers {list}.", "Sort {list}.",
                  "Put these numbers in order: {list}", "Sort: {list}"),
    "descending": (),
    "alphabetical": ("Sort these words: {list}", "Sort the words {list}.", "Sort {list}.",
                     "Put these words in order: {list}", "Sort: {list}"),
    "reversed": ("Reverse this list: {list}", "Reverse the list: {list}", "Reverse {list}.",
                 "Reverse: {list}", "Reverse the order of {list}.", "Turn this list around: {list}",
                 "Flip this list: {list}", "Flip the order: {list}", "{list}\nReverse this list."),
}  # fmt: skip


def _phrasings(task: str) -> tuple[str, ...]:
    what = {"alphabetical": "words", "reversed": "things"}.get(task, "numbers")
    verbs = _VERBS if task != "reversed" else _VERBS[3:]
    frames = composed(composed(_FRAMES, "what", [what]), "verb", verbs)
    asked = composed(frames + _WITHOUT_VERB, "ask", _ASKS[task])
    # The few short ones are as frequent as the many composed ones of one ask.
    return (*asked, *_SHORT[task] * 8)


PHRASINGS = {task: _phrasings(task) for task in _ASKS}
TASK_WEIGHTS: dict[Split, tuple[int, ...]] = {"train": (4, 3, 10, 3), "test": (1, 1, 1, 1)}
"""Of the tasks. Only alphabetical lists tell with which letters thousands of tokens begin."""
POOL_WEIGHTS: dict[Split, tuple[int, ...]] = {"train": (2, 2, 14, 1, 1), "test": (5, 4, 8, 1, 1)}
"""Of listed nouns, animals, coined words, first names, cities. What is listed in training is learnt
by heart; the order of words in pieces, which those of tests are, is learnt from coined words."""
_SIZES, _SIZE_WEIGHTS = (3, 4, 5, 6, 7, 8), (6, 6, 5, 4, 1, 1)
_ENDS = (10, 100, 1000)
_END_WEIGHTS: dict[Split, tuple[int, ...]] = {"train": (1, 4, 6), "test": (2, 7, 2)}
"""Of the ends below which numbers are: those of three digits are the hardest to tell apart."""


@cache
def _pool(split: Split) -> tuple[list[str], ...]:
    lists = (words.things, words.animals, words.foods)
    lower = [w for words_of in lists for w in words_of(split) if " " not in w]
    # Nouns that nobody knows: only from them can be learnt which pieces of words come first.
    unknown = words.coined(split)
    names = (words.first_names(split), words.cities(split))
    return (sorted(set(lower)), words.animals(split), unknown, *names)


def _words(rng: Random, split: Split, size: int) -> list[str]:
    pool = rng.choices(_pool(split), POOL_WEIGHTS[split])[0]
    return rng.sample(pool, min(size, len(pool)))


def _listed(rng: Random, items: list[str]) -> str:
    chance = rng.random()
    if chance < 0.08 and not any(" " in item for item in items):
        return " ".join(items)
    return and_list(items) if chance < 0.16 else ", ".join(items)


def draw(rng: Random, split: Split) -> Facts:
    """Three to eight different numbers or words and what to do with them."""
    task = rng.choices(tuple(PHRASINGS), TASK_WEIGHTS[split])[0]
    while True:
        size = rng.choices(_SIZES, _SIZE_WEIGHTS)[0]
        if task == "alphabetical" or (task == "reversed" and rng.random() < 0.6):
            items = _words(rng, split, size)
        else:
            end = rng.choices(_ENDS, _END_WEIGHTS[split])[0]
            items = [str(n) for n in rng.sample(range(end), size)]
        text = _listed(rng, items)
        if held_out(text) == (split == "test"):
            return {"task": task, "items": items, "list": text}


def ordered(facts: Facts) -> list[str]:
    """The elements as asked for."""
    task, items = facts["task"], facts["items"]
    if task == "reversed":
        return items[::-1]
    if task == "alphabetical":
        return sorted(items, key=str.lower)
    return sorted(items, key=int, reverse=task == "descending")


def check(facts: Facts, answer: str) -> bool:
    """The right elements in the right order, commas between them."""
    return [item.strip() for item in answer.strip().split(",")] == ordered(facts)


KIND = Kind(
    "list-order",
    56,
    draw,
    lambda facts: PHRASINGS[facts["task"]],
    lambda facts, rng: ", ".join(ordered(facts)),
    check,
)
