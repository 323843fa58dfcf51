"""Lists put in order, turned round, filtered, counted."""

from __future__ import annotations

from random import Random

from diffuscope_model.corpus.grammar import and_list
from open_world.tasks.people import some


def draw(random: Random) -> tuple[str, str]:
    """A prompt and its answer."""
    return random.choice((_sorted, _sorted, _numbers, _reversed, _ends, _counted, _bullets))(random)


def _words(random: Random, count: tuple[int, int]) -> list[str]:
    single = [
        w for w in some(random, random.choice(("animals", "foods", "things")), 30) if " " not in w
    ]
    return single[: random.randint(*count)]


def _sorted(random: Random) -> tuple[str, str]:
    words = _words(random, (3, 5))
    ask = random.choice(
        (
            "Sort these words alphabetically: {}",
            "Put these in alphabetical order: {}",
            "Alphabetize: {}",
            "Sort this list from A to Z: {}",
            "Can you sort these alphabetically? {}",
        )
    )
    return ask.format(", ".join(words)), ", ".join(sorted(words))


def _numbers(random: Random) -> tuple[str, str]:
    numbers = random.sample(range(1, 100), random.randint(3, 5))
    up = random.random() < 0.6
    ask = random.choice(
        (
            "Sort these numbers from smallest to largest: {}",
            "Put these numbers in ascending order: {}",
            "Order these numbers: {}",
        )
        if up
        else (
            "Sort these numbers from largest to smallest: {}",
            "Put these numbers in descending order: {}",
        )
    )
    ordered = sorted(numbers, reverse=not up)
    return ask.format(", ".join(map(str, numbers))), ", ".join(map(str, ordered))


def _reversed(random: Random) -> tuple[str, str]:
    words = _words(random, (3, 5))
    ask = random.choice(
        (
            "Reverse this list: {}",
            "Write these in reverse order: {}",
            "Say these words backwards, last one first: {}",
        )
    )
    return ask.format(", ".join(words)), ", ".join(reversed(words))


def _ends(random: Random) -> tuple[str, str]:
    words = _words(random, (3, 6))
    which, place = random.choice((("first", 0), ("last", -1), ("second", 1)))
    ask = random.choice(("What is the {} word in this list? {}", "Which is the {} of these: {}?"))
    return ask.format(which, ", ".join(words)), f"The {which} word is {words[place]}."


def _counted(random: Random) -> tuple[str, str]:
    words = _words(random, (3, 5))
    count = len(words)
    ask = random.choice(("How many words are in this list? {}", "Count the items: {}"))
    return ask.format(", ".join(words)), f"There are {count}."


def _bullets(random: Random) -> tuple[str, str]:
    words = _words(random, (3, 5))
    ask = random.choice(
        ("Make a bulleted list of {}.", "Turn this into a list: {}", "Write {} as bullet points.")
    )
    return ask.format(and_list(words)), "\n".join(f"- {word}" for word in words)
