"""Putting the elements of a list into order: numbers, words, or the same list backwards."""

from __future__ import annotations

from functools import cache
from random import Random

from diffuscope_model.corpus import words
from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out

PHRASINGS = {
    "ascending": (
        "Sort these numbers from smallest to largest: {list}",
        "Sort these numbers: {list}",
        "Sort the numbers {list}.",
        "Sort ascending: {list}",
        "Sort in ascending order: {list}",
        "Order from low to high: {list}",
        "Order these numbers from small to big: {list}",
        "Put these numbers in order: {list}",
        "Put {list} in ascending order.",
        "Put {list} in order, smallest first.",
        "Arrange from least to greatest: {list}",
        "Arrange these numbers from lowest to highest: {list}",
        "Arrange {list} in increasing order.",
        "Write these numbers smallest first: {list}",
        "List these numbers in increasing order: {list}",
        "{list}\nSort these from smallest to largest.",
        "{list}\nPut these numbers in order.",
        "What is {list} in ascending order?",
    ),
    "descending": (
        "Sort these numbers from largest to smallest: {list}",
        "Sort these numbers, largest first: {list}",
        "Sort the numbers {list} in descending order.",
        "Sort descending: {list}",
        "Sort in descending order: {list}",
        "Order from high to low: {list}",
        "Order these numbers from big to small: {list}",
        "Put these numbers in descending order: {list}",
        "Put {list} in descending order.",
        "Put {list} in order, largest first.",
        "Arrange from greatest to least: {list}",
        "Arrange these numbers from highest to lowest: {list}",
        "Arrange {list} in decreasing order.",
        "Write these numbers largest first: {list}",
        "List these numbers in decreasing order: {list}",
        "{list}\nSort these from largest to smallest.",
        "{list}\nPut these numbers in order, biggest first.",
        "What is {list} in descending order?",
    ),
    "alphabetical": (
        "Sort these words alphabetically: {list}",
        "Sort these words: {list}",
        "Sort alphabetically: {list}",
        "Sort the words {list}.",
        "Sort from A to Z: {list}",
        "Sort {list} by the alphabet.",
        "Order these words from A to Z: {list}",
        "Order alphabetically: {list}",
        "Put these words in alphabetical order: {list}",
        "Put {list} in alphabetical order.",
        "Put these in ABC order: {list}",
        "Arrange alphabetically: {list}",
        "Arrange these words from A to Z: {list}",
        "Arrange {list} in alphabetical order.",
        "Write these in alphabetical order: {list}",
        "List these words alphabetically: {list}",
        "{list}\nSort these words alphabetically.",
        "What is {list} in alphabetical order?",
    ),
    "reversed": (
        "Reverse this list: {list}",
        "Reverse the list: {list}",
        "Reverse the list {list}.",
        "Reverse: {list}",
        "Reverse the order of: {list}",
        "Reverse the order of these: {list}",
        "Write this list backwards: {list}",
        "Write {list} in reverse order.",
        "Give this list backwards: {list}",
        "Give {list} in reverse order.",
        "Turn this list around: {list}",
        "Flip this list: {list}",
        "Flip the order: {list}",
        "Say this list from the last to the first: {list}",
        "List these from last to first: {list}",
        "Put this list in reverse order: {list}",
        "{list}\nReverse this list.",
        "What is {list} in reverse order?",
    ),
}
_SIZES, _SIZE_WEIGHTS = (3, 4, 5, 6, 7, 8), (6, 6, 5, 4, 1, 1)


@cache
def _pool(split: Split) -> tuple[list[str], ...]:
    lists = (words.things, words.animals, words.foods)
    lower = [w for words_of in lists for w in words_of(split) if " " not in w]
    # Nouns that nobody knows: only from them can be learnt which pieces of words come first.
    unknown = words.coined(split)
    names = (words.first_names(split), words.cities(split))
    return (sorted(set(lower)), words.animals(split), unknown, *names)


def _words(rng: Random, split: Split, size: int) -> list[str]:
    pool = rng.choices(_pool(split), (5, 4, 5, 1, 1))[0]
    return rng.sample(pool, min(size, len(pool)))


def draw(rng: Random, split: Split) -> Facts:
    """Three to eight different numbers or words and what to do with them."""
    task = rng.choice(tuple(PHRASINGS))
    while True:
        size = rng.choices(_SIZES, _SIZE_WEIGHTS)[0]
        if task == "alphabetical" or (task == "reversed" and rng.random() < 0.6):
            items = _words(rng, split, size)
        else:
            highest = rng.choices((10, 100, 1000), (2, 7, 2))[0]
            items = [str(n) for n in rng.sample(range(highest), size)]
        text = ", ".join(items)
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
    32,
    draw,
    lambda facts: PHRASINGS[facts["task"]],
    lambda facts, rng: ", ".join(ordered(facts)),
    check,
)
