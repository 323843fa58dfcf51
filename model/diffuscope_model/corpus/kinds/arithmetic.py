"""Addition and subtraction with the columns spelled out from the ones up.

A tiny model cannot foresee a carry when it writes the highest digit first; with each column's sum
written out, every digit depends on a few digits near by. Every column has the same shape, so that a
decoder that fills all places at once knows where each digit stands before it knows any.
"""

from __future__ import annotations

import re
from random import Random

from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out

PHRASINGS = {
    "+": (
        "What is {a} + {b}?",
        "What's {a} + {b}?",
        "What is {a} plus {b}?",
        "What does {a} + {b} make?",
        "What do {a} and {b} add up to?",
        "What is the sum of {a} and {b}?",
        "How much is {a} + {b}?",
        "How much is {a} plus {b}?",
        "Add {a} and {b}.",
        "Add {b} to {a}.",
        "Calculate {a} + {b}.",
        "Compute {a} + {b}.",
        "Work out {a} + {b}.",
        "Solve {a} + {b}.",
        "Find the sum of {a} and {b}.",
        "Compute the sum of {a} and {b}.",
        "Tell me what {a} + {b} is.",
        "Can you add {a} and {b}?",
        "Sum {a} and {b}.",
        "{a} + {b} = ?",
        "{a} + {b}",
        "{a}+{b}",
        "{a} plus {b}?",
        "{a} + {b} is how much?",
        "I have {a} coins and get {b} more. How many are there?",
        "A bus has {a} people and {b} get on. How many are there now?",
    ),
    "-": (
        "What is {a} - {b}?",
        "What's {a} - {b}?",
        "What is {a} minus {b}?",
        "What does {a} - {b} make?",
        "What is left of {a} after taking away {b}?",
        "What is the difference of {a} and {b}?",
        "How much is {a} - {b}?",
        "How much is {a} minus {b}?",
        "Subtract {b} from {a}.",
        "Take {b} from {a}.",
        "Take {b} away from {a}.",
        "Calculate {a} - {b}.",
        "Compute {a} - {b}.",
        "Work out {a} - {b}.",
        "Solve {a} - {b}.",
        "Find the difference of {a} and {b}.",
        "Tell me what {a} - {b} is.",
        "Can you subtract {b} from {a}?",
        "{a} - {b} = ?",
        "{a} - {b}",
        "{a}-{b}",
        "{a} minus {b}?",
        "{a} - {b} is how much?",
        "I have {a} coins and give away {b}. How many are left?",
        "A bus has {a} people and {b} get off. How many are left?",
    ),
}
_NUMBER = re.compile(r"-?[0-9]+")


def draw(rng: Random, split: Split) -> Facts:
    """Two whole numbers of one to three digits; the result of a subtraction is never negative."""
    operation = rng.choice("+-")
    while True:
        highest = 10 ** rng.choices((1, 2, 3), (2, 5, 3))[0]
        second = highest if rng.random() < 0.8 else max(10, highest // 10)
        a, b = rng.randrange(highest), rng.randrange(second)
        if operation == "-":
            a, b = max(a, b), min(a, b)
        elif rng.random() < 0.5:
            a, b = b, a
        if held_out(f"{a}{operation}{b}") == (split == "test"):
            result = a + b if operation == "+" else a - b
            return {"a": a, "b": b, "operation": operation, "result": result}


def _columns(a: int, b: int, operation: str) -> list[str]:
    """One equation a column, the ones first; a carry leads, a borrow follows the upper digit."""
    width = max(len(str(a)), len(str(b)))
    lines, over = [], 0
    for place in range(width):
        upper, lower = a // 10**place % 10, b // 10**place % 10
        if operation == "+":
            value = over + upper + lower
            lines.append(f"{over}+{upper}+{lower}={value:02}")
            over = value // 10
        else:
            borrow = upper - over - lower < 0
            top = upper + 10 * borrow
            lines.append(f"{top:02}-{over}-{lower}={top - over - lower}")
            over = int(borrow)
    return lines


def answer(facts: Facts, rng: Random) -> str:
    """Such as "0+7+5=12, 1+3+4=08. 37 + 45 = 82"."""
    a, b, operation = facts["a"], facts["b"], facts["operation"]
    return f"{', '.join(_columns(a, b, operation))}. {a} {operation} {b} = {facts['result']}"


def check(facts: Facts, answer: str) -> bool:
    """The last number written is the result."""
    numbers = _NUMBER.findall(answer)
    return bool(numbers) and numbers[-1] == str(facts["result"])


KIND = Kind("arithmetic", 18, draw, lambda facts: PHRASINGS[facts["operation"]], answer, check)
