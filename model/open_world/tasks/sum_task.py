"""Small sums, bare and in a story."""

from __future__ import annotations

from random import Random

from diffuscope_model.corpus.grammar import plural
from open_world.tasks.people import name, some

OPERATIONS = {
    "plus": ("{a} + {b}", "{a} plus {b}", "the sum of {a} and {b}", "{a} and {b} together"),
    "minus": ("{a} - {b}", "{a} minus {b}", "{a} take away {b}"),
    "times": ("{a} * {b}", "{a} times {b}", "{a} multiplied by {b}", "{a} x {b}"),
}
ASKS = (
    "What is {}?",
    "What's {}?",
    "Calculate {}.",
    "How much is {}?",
    "{} = ?",
    "Work out {}.",
    "Tell me what {} is.",
)
SIGNS = {"plus": "+", "minus": "-", "times": "*"}


def draw(random: Random) -> tuple[str, str]:
    """A prompt and its answer."""
    return _story(random) if random.random() < 0.3 else _bare(random)


def _bare(random: Random) -> tuple[str, str]:
    operation = random.choice(("plus", "plus", "minus", "times"))
    a, b, result = _numbers(random, operation)
    asked = random.choice(OPERATIONS[operation]).format(a=a, b=b)
    return random.choice(ASKS).format(asked), f"{a} {SIGNS[operation]} {b} = {result}"


def _numbers(random: Random, operation: str) -> tuple[int, int, int]:
    if operation == "times":
        a, b = random.randint(2, 12), random.randint(2, 12)
        return a, b, a * b
    most = random.choice((10, 20, 50, 100))
    a, b = random.randint(1, most), random.randint(1, most)
    if operation == "plus":
        return a, b, a + b
    a, b = max(a, b), min(a, b)
    return a, b, a - b


def _story(random: Random) -> tuple[str, str]:
    who, (thing,) = name(random).split()[0], some(random, "things", 1)
    things = plural(thing)
    if random.random() < 0.5:
        a, b, result = _numbers(random, "plus")
        text = random.choice(
            (
                "{who} has {a} {things} and gets {b} more. How many does {who} have now?",
                "{a} {things} are on one table and {b} on another. How many {things} are there?",
            )
        )
        sign = "+"
    else:
        a, b, result = _numbers(random, "minus")
        text = "{who} had {a} {things} and gave {b} away. How many are left?"
        sign = "-"
    return text.format(who=who, a=a, b=b, things=things), f"{a} {sign} {b} = {result}"
