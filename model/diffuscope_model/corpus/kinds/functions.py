"""Small Python functions from a description; the answer is run against cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from diffuscope_model.corpus import words
from diffuscope_model.corpus.function_catalogue import FUNCTIONS, Function
from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out
from diffuscope_model.corpus.restricted_python import call_function

_FRAMES = (
    "Write a Python function{with} that {does}.",
    "Write a function{with} that {does}.",
    "Write Python code for a function{with} that {does}.",
    "Write a short Python function{with} that {does}.",
    "Write a function in Python{with} that {does}.",
    "Define a Python function{with} that {does}.",
    "Define a function{with} that {does}.",
    "Create a Python function{with} that {does}.",
    "Create a function{with} that {does}.",
    "Make a Python function{with} that {does}.",
    "Make a function{with} which {does}.",
    "Give me a Python function{with} that {does}.",
    "Give me a function{with} that {does}.",
    "Show me a Python function{with} that {does}.",
    "Code a function{with} that {does}.",
    "Implement a function{with} that {does}.",
    "I need a Python function{with} that {does}.",
    "I need a function{with} which {does}.",
    "Python function{with} that {does}",
    "A function{with} that {does}",
    "How do I write a Python function{with} that {does}?",
    "Can you write a function{with} that {does}?",
    "Python: a function{with} that {does}.",
)
_BY_NAME = (
    "Write a Python function {fname}.", "write a function {fname}", "Write {fname} in Python.",
    "Python function {fname}", "Give me the function {fname}.", "Code {fname} in Python.",
    "def {fname}({arguments})", "def {fname}({arguments}):", "def {fname}", "{fname}({arguments})",
)  # fmt: skip
"""Names say what a function of the catalogue does."""
_CALLED = (" called {fname}", " named {fname}")
_TAKING_ONE = (" with the argument {x}", " of {x}", " taking {x}")
_TAKING_TWO = (" with the arguments {x} and {y}", " of {x} and {y}", " taking {x} and {y}")

_VERBS = (
    "get make do find take run work calc compute check give show build turn change my the new best "
    "big small quick easy magic next try use pick see tell solve handle process apply"
).split()
_ARGUMENTS = {
    "number": (
        "x y z n m k a b c p q s t v num number val value arg one start amount price age size "
        "count points level weight height speed hours days total"
    ).split(),
    "text": "s t x text word name line title string sentence message phrase label txt st".split(),
    "list": "a b x y v xs items values numbers nums data things entries row elements parts".split(),
}
COINED_SHARE = 0.4
"""How often a name has a noun that nobody knows: it must be copied to its end."""
_IDENTIFIER = re.compile(r"[a-z]+")


def _sort(function: Function) -> str:
    value = function.cases[-1][0]
    return "text" if isinstance(value, str) else "list" if isinstance(value, list) else "number"


def _argument_names(rng: Random, function: Function) -> list[str]:
    taken = _IDENTIFIER.findall(re.sub(r"\{\w\}", "", function.body))
    free = [name for name in _ARGUMENTS[_sort(function)] if name not in taken]
    return rng.sample(free, len(function.arguments))


@cache
def _nouns(split: Split) -> list[str]:
    lists = (words.things(split), words.animals(split), words.foods(split))
    return sorted({w for nouns in lists for w in nouns if w.isalpha() and len(w) < 9})


def _function_name(rng: Random, split: Split) -> str:
    noun = rng.choice(words.coined(split) if rng.random() < COINED_SHARE else _nouns(split))
    return noun if rng.random() < 0.3 else f"{rng.choice(_VERBS)}_{noun}"


def draw(rng: Random, split: Split) -> Facts:
    """A function, its constants, and perhaps names that are asked for."""
    while True:
        index = rng.randrange(len(FUNCTIONS))
        n = rng.randint(2, 12) if rng.random() < 0.7 else rng.randint(13, 100)
        w = rng.choice(_nouns(split))
        function = FUNCTIONS[index]
        constant = n if "{n}" in function.name else w if "{w}" in function.name else None
        if constant is None or held_out(f"{function.name} {constant}") == (split == "test"):
            break
    arguments = list(function.arguments)
    names_arguments = rng.random() < 0.3
    if names_arguments:
        arguments = _argument_names(rng, function)
    named = rng.random() < 0.4
    usual = function.name.format(n=n, w=w)
    facts: dict[str, Any] = {
        "index": index,
        "n": n,
        "w": w,
        "x": arguments[0],
        "y": arguments[-1],
        "fname": _function_name(rng, split) if named else usual,
        "named": named,
        "names_arguments": names_arguments,
    }
    return facts


@cache
def _templates(index: int, named: bool, names_arguments: bool) -> tuple[str, ...]:
    function = FUNCTIONS[index]
    taking = _TAKING_ONE if len(function.arguments) == 1 else _TAKING_TWO
    by_name = () if named or names_arguments else _BY_NAME
    arguments = ", ".join(("{x}", "{y}")[: len(function.arguments)])
    described = tuple(
        frame.replace("{with}", called + taken).replace("{does}", does)
        for frame in _FRAMES
        for called in (_CALLED if named else ("",))
        for taken in (taking if names_arguments else ("",))
        for does in function.does
    )
    return (*described, *(frame.replace("{arguments}", arguments) for frame in by_name))


def phrasings(facts: Facts) -> tuple[str, ...]:
    """All ways to ask for the function of the facts."""
    return _templates(facts["index"], facts["named"], facts["names_arguments"])


def _source(function: Function, facts: Facts) -> str:
    arguments = [facts["x"], facts["y"]][: len(function.arguments)]
    body = function.body.format(**facts).replace("\n", "\n    ")
    return f"def {facts['fname']}({', '.join(arguments)}):\n    {body}"


def answer(facts: Facts, rng: Random) -> str:
    """The source of the function, without a blank line at the end."""
    return _source(FUNCTIONS[facts["index"]], facts)


def _same(a: Any, b: Any) -> bool:
    kinds = {type(a), type(b)}
    return (len(kinds) == 1 or kinds == {int, float}) and a == b


def _cases(function: Function, facts: Facts) -> list[Sequence[Any]]:
    """The function's own cases and, where it has a constant, some on both sides of it."""
    n, w, sort = facts["n"], facts["w"], _sort(function)
    near: dict[str, list[Any]] = {
        "number": [n - 1, n, n + 1, 2 * n, 3 * n + 1],
        "text": ["x" * (n - 1), "x" * n, "xy" * n, w, f"a {w} and {w}"],
        "list": [[n - 1, n, n + 1, n], list(range(n + 2)), [n] * 3],
    }
    with_constant = "{n}" in function.body or "{w}" in function.body
    return [*function.cases, *([value] for value in near[sort] if with_constant)]


def check(facts: Facts, answer: str) -> bool:
    """The function gives what the reference gives for every case, under the asked name if any."""
    function = FUNCTIONS[facts["index"]]
    name = facts["fname"] if facts["named"] else None
    try:
        cases = _cases(function, facts)
        expected = call_function(_source(function, facts), None, cases)
        found = call_function(answer, name, cases)
        return len(found) == len(expected) and all(map(_same, found, expected))
    except Exception:  # the answer may raise anything
        return False


KIND = Kind("functions", 8, draw, phrasings, answer, check)
