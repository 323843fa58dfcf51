"""Sixty plain tasks as a person would type them, written by hand, each with a checker.

No training sees them, and nobody tuned anything to them. A checker never raises, and looks for what
was asked alone: words around a right answer do no harm, except where JSON or code was asked for.
"""

# A table: one prompt a line reads better than lines of equal length.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from diffuscope_model.corpus.restricted_python import call_function

Check = Callable[[str], bool]


@dataclass(frozen=True)
class PlainPrompt:
    """A prompt, its kind, and whether an answer to it is right."""

    kind: str
    prompt: str
    check: Check


def is_json(**expected: Any) -> Check:
    """One JSON object with these values, whatever its keys are called by case and blanks; a number
    may be a text."""
    def plain(value: Any) -> str:
        return re.sub(r"[\s_-]+", " ", str(value)).strip().lower()

    def check(text: str) -> bool:
        found = re.search(r"\{.*\}", text, re.DOTALL)
        try:
            got = json.loads(found[0]) if found else None
        except ValueError:
            return False
        if not isinstance(got, dict):
            return False
        return {plain(key): plain(value) for key, value in got.items()} == {plain(key): plain(value) for key, value in expected.items()}

    return check


def in_order(*words: str, apart_from: Sequence[str] = ()) -> Check:
    """These words in this order, none of them left out or said twice running."""
    def check(text: str) -> bool:
        known = {word.lower() for word in (*words, *apart_from)}
        found = [word for word in re.findall(r"[\w']+", text.lower()) if word in known]
        return found == [word.lower() for word in words]

    return check


def bullets(*words: str) -> Check:
    """A line for each word and nothing else on it, behind a bullet or a number."""
    def check(text: str) -> bool:
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        bare = [re.sub(r"^([-*•]|\d+[.)])\s*", "", line).strip(" .,").lower() for line in lines]
        marked = all(re.match(r"([-*•]|\d+[.)])\s*", line) for line in lines[-len(words):])
        return marked and bare[-len(words):] == [word.lower() for word in words]

    return check


def number(value: int) -> Check:
    """The last number said is this one."""
    def check(text: str) -> bool:
        found = re.findall(r"-?\d+(?:\.\d+)?", text.replace(",", ""))
        return bool(found) and float(found[-1]) == value

    return check


def says(*patterns: str) -> Check:
    """All these patterns, whatever their case."""
    return lambda text: all(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def first_function(text: str) -> str:
    """The first function in a text: its `def` and the indented lines below, whatever stands around."""
    lines = text[max(0, text.find("def ")):].splitlines()
    end = next((at for at, line in enumerate(lines) if at and line.strip() and not line.startswith((" ", "\t"))), len(lines))
    return "\n".join(lines[:end]).strip()


def computes(*cases: tuple[list[Any], Any]) -> Check:
    """Python whose first function gives these results."""
    def check(text: str) -> bool:
        try:
            return call_function(first_function(text), None, [given for given, _ in cases]) == [wanted for _, wanted in cases]
        except Exception:
            return False

    return check


def _of(kind: str, *prompts: tuple[str, Check]) -> tuple[PlainPrompt, ...]:
    return tuple(PlainPrompt(kind, prompt, check) for prompt, check in prompts)


PLAIN_PROMPTS: tuple[PlainPrompt, ...] = (
    *_of("json",
        ("Turn this into JSON: Maria Lopez is 34 years old and lives in Madrid.", is_json(name="Maria Lopez", age=34, city="Madrid")),
        ("Write as JSON: Tom is 8 years old.", is_json(name="Tom", age=8)),
        ("Please convert to JSON: name Anna, age 29, city Oslo", is_json(name="Anna", age=29, city="Oslo")),
        ("JSON for: Bruno works as a baker.", is_json(name="Bruno", job="baker")),
        ("Give me a JSON object with name and age. Lucy is 51.", is_json(name="Lucy", age=51)),
        ("Make JSON out of this: the lamp costs 40 dollars. Keys: item, price", is_json(item="lamp", price=40)),
        ("Extract the name and the city as JSON: Yuki moved to Osaka last year.", is_json(name="Yuki", city="Osaka")),
        ("My dog is called Rex and he is 4. Put that in JSON with name and age.", is_json(name="Rex", age=4)),
        ("I need this as json: title Dune, author Frank Herbert", is_json(title="Dune", author="Frank Herbert")),
        ("Turn into JSON with the keys name, job, city: Omar is a nurse in Cairo.", is_json(name="Omar", job="nurse", city="Cairo")),
        ("Represent as JSON: a red car", is_json(color="red", item="car")),
        ("Can you write this in JSON? Ella ordered 3 pizzas. Use name, item and quantity.", is_json(name="Ella", item="pizzas", quantity=3)),
    ),
    *_of("lists",
        ("Sort alphabetically: pear, apple, fig", in_order("apple", "fig", "pear")),
        ("Put these in alphabetical order: dog, cat, bird, ant", in_order("ant", "bird", "cat", "dog")),
        ("Sort these numbers: 9, 2, 5", in_order("2", "5", "9")),
        ("Order from largest to smallest: 14, 70, 33", in_order("70", "33", "14")),
        ("Reverse this list: red, green, blue", in_order("blue", "green", "red")),
        ("What is the last word of this list? milk, bread, eggs", in_order("eggs", apart_from=("milk", "bread"))),
        ("Which comes first in this list: tea, coffee, juice?", in_order("tea", apart_from=("coffee", "juice"))),
        ("Make a bullet list of milk, bread and eggs.", bullets("milk", "bread", "eggs")),
        ("Number these: wake up, wash, eat", says(r"1\W+wake up", r"2\W+wash", r"3\W+eat")),
        ("Write the days of the weekend as a list.", in_order("Saturday", "Sunday")),
        ("How many items are in this list? sun, moon, star, sky", lambda text: number(4)(text) or says(r"\bfour\b")(text)),
        ("Repeat these words in the same order: owl, cup, tree", in_order("owl", "cup", "tree")),
    ),
    *_of("sums",
        ("What is 7 plus 5?", number(12)),
        ("What's 20 - 8?", number(12)),
        ("6 times 7?", number(42)),
        ("How much is 15 and 15?", number(30)),
        ("Calculate 9 * 3", number(27)),
        ("12 + 30 =", number(42)),
        ("What is 100 minus 1?", number(99)),
        ("I have 3 apples and buy 4 more. How many do I have?", number(7)),
        ("There are 10 birds and 6 fly away. How many are left?", number(4)),
        ("Double 21, please.", number(42)),
        ("Add 2, 3 and 4.", number(9)),
        ("Tell me what half of 18 is.", number(9)),
    ),
    *_of("functions",
        ("Write a Python function that adds two numbers.", computes(([2, 3], 5), ([-1, 1], 0))),
        ("python: function to square a number", computes(([3], 9), ([-4], 16))),
        ("Write a function in Python that returns the larger of two numbers.", computes(([2, 9], 9), ([5, 1], 5))),
        ("I need a Python function which checks whether a number is even.", computes(([4], True), ([7], False))),
        ("How do I reverse a string in Python? Give me a function.", computes((["abc"], "cba"), ([""], ""))),
        ("Give me a function that doubles a number, in Python.", computes(([4], 8), ([0], 0))),
        ("Write python code for a function that returns the length of a string.", computes((["hello"], 5), ([""], 0))),
        ("A Python function that makes text upper case, please.", computes((["abc"], "ABC"),)),
        ("Write a Python function to sum a list of numbers.", computes(([[1, 2, 3]], 6), ([[]], 0))),
        ("Write a Python function that returns the first item of a list.", computes(([[4, 5]], 4),)),
        ("def for multiplying two numbers in python", computes(([3, 4], 12), ([0, 9], 0))),
        ("Python function: does a list contain the number 3?", computes(([[1, 3]], True), ([[2]], False))),
    ),
    *_of("notes",
        ("Write a thank-you note to Ms. Patel for the book.", says("patel", "thank", "book")),
        ("Write a short note to say thanks to Ben for his help.", says(r"\bben\b", "thank", "help")),
        ("Invite Nora to dinner on Friday at 7 pm.", says("nora", "dinner", "friday", "7")),
        ("Please write an invitation to my birthday party on Saturday.", says("birthday", "saturday", "invite|join|come|celebrate|see you|love to")),
        ("Say sorry to Jack for being late.", says("jack", "sorry|apolog", "late")),
        ("Write a reminder about the meeting on Monday at 10 am.", says("meeting", "monday", "10")),
        ("Write a get-well card for Grandma.", says("grandma", "well|better|recover")),
        ("A birthday wish for my friend Leo, please.", says("leo", "birthday")),
        ("Write a note to my neighbour: the music is too loud.", says("music", "loud|noise|volume|quiet|turn", "neighbou?r|dear|hi\\b|hello")),
        ("Tell my boss in a short message that I am ill today.", says(r"\bill\b|sick|unwell|not feeling", "today")),
        ("Congratulate Mia on her new job.", says("mia", "congrat", "job")),
        ("Write a goodbye note to my colleagues.", says("goodbye|farewell|leav|last day|miss", "colleague|everyone|team|all")),
    ),
)
