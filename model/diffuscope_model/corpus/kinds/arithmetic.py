"""Addition and subtraction with the columns spelled out from the ones up.

A tiny model cannot foresee a carry when it writes the highest digit first; with each column's sum
written out, every digit depends on a few digits near by. Every column has the same shape, so that a
decoder that fills all places at once knows where each digit stands before it knows any.
"""

from __future__ import annotations

import re
from random import Random

from diffuscope_model.corpus.composing import composed
from diffuscope_model.corpus.grammar import capital
from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out

_EXPRESSIONS = {
    "+": ("{a} + {b}", "{a} plus {b}", "{a}+{b}", "the sum of {a} and {b}"),
    "-": ("{a} - {b}", "{a} minus {b}", "{a}-{b}", "the difference of {a} and {b}",
          "{a} take away {b}"),
}  # fmt: skip
_AROUND = (
    "What is {it}?", "What's {it}?", "How much is {it}?", "How much does {it} make?",
    "What does {it} make?", "Calculate {it}.", "Compute {it}.", "Work out {it}.", "Solve {it}.",
    "Find {it}.", "Give me {it}.", "Tell me what {it} is.", "Can you work out {it}?",
    "I need to know {it}.", "{it} = ?", "{it}", "{it}?", "{it} is how much?", "{it}, please.",
)  # fmt: skip
_TASKS = {
    "+": ("add {a} and {b}", "add {b} to {a}", "sum {a} and {b}", "add up {a} and {b}"),
    "-": ("subtract {b} from {a}", "take {b} from {a}", "take {b} away from {a}",
          "take away {b} from {a}"),
}  # fmt: skip
_TOLD = ("{Task}.", "Can you {task}?", "I want to {task}.", "Now {task}.", "{Task}, please.",
         "What do you get when you {task}?")  # fmt: skip
_COUNTED = ("coins", "apples", "pages", "pens", "sweets", "cards")
_SITUATIONS = {
    "+": ("I have {a} {things} and get {b} more. How many are there?",
          "There are {a} {things}, and {b} more come. How many are there now?",
          "{a} {things} and {b} {things}: how many in all?"),
    "-": ("I have {a} {things} and give away {b}. How many are left?",
          "Of {a} {things} I lose {b}. How many are left?",
          "{a} {things}, take away {b}: how many are left?"),
}  # fmt: skip
_WHOLE = {
    "+": ("What do {a} and {b} add up to?", "What do {a} and {b} make together?",
          "A bus has {a} people and {b} get on. How many are there now?"),
    "-": ("What is left of {a} after taking away {b}?", "What is left when I take {b} from {a}?",
          "How much is left of {a} after taking away {b}?", "{a} without {b} leaves what?",
          "How much is left of {a} when {b} is taken away?",
          "A bus has {a} people and {b} get off. How many are left?"),
}  # fmt: skip


def _phrasings(operation: str) -> tuple[str, ...]:
    around = composed(_AROUND, "it", _EXPRESSIONS[operation])
    told = composed(_TOLD, "task", _TASKS[operation])
    situations = composed(_SITUATIONS[operation], "things", _COUNTED)
    return (*dict.fromkeys(map(capital, around)), *told, *situations, *_WHOLE[operation])


PHRASINGS = {operation: _phrasings(operation) for operation in "+-"}
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


KIND = Kind("arithmetic", 16, draw, lambda facts: PHRASINGS[facts["operation"]], answer, check)
