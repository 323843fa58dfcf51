"""Plain tasks have right answers, and checkers tell right from wrong."""

import json
import re
from random import Random

import pytest

from diffuscope_model.corpus.restricted_python import call_function
from open_world.check_tasks import shares
from open_world.measuring.flaws import has_double
from open_world.plain_prompts import PLAIN_PROMPTS
from open_world.tasks import function_task, json_task, list_task, note_task, sum_task
from open_world.tasks.mixture import KINDS, draw_task

RIGHT = {
    "json": (
        '{"name": "Maria Lopez", "age": 34, "city": "Madrid"}',
        '{"name": "Tom", "age": 8}',
        '{"name": "Anna", "age": 29, "city": "Oslo"}',
        '{"name": "Bruno", "job": "baker"}',
        '{"name": "Lucy", "age": "51"}',
        '{"item": "lamp", "price": 40}',
        '{"name": "Yuki", "city": "Osaka"}',
        '{"name": "Rex", "age": 4}',
        '{"title": "Dune", "author": "Frank Herbert"}',
        '{"name": "Omar", "job": "nurse", "city": "Cairo"}',
        '{"item": "car", "color": "red"}',
        '{"name": "Ella", "item": "pizzas", "quantity": 3}',
    ),
    "lists": (
        "apple, fig, pear",
        "ant, bird, cat, dog",
        "2, 5, 9",
        "70, 33, 14",
        "blue, green, red",
        "The last word is eggs.",
        "tea",
        "- milk\n- bread\n- eggs",
        "1. wake up\n2. wash\n3. eat",
        "- Saturday\n- Sunday",
        "There are four items.",
        "owl, cup, tree",
    ),
    "sums": ("7 + 5 = 12", "12", "42", "30", "27", "42", "99", "7", "4", "42", "9", "9."),
    "functions": (
        "def add(a, b):\n    return a + b",
        "```python\ndef square(x):\n    return x * x\n\nprint(square(5))\n```\nIt squares.",
        "def larger(a, b):\n    return max(a, b)",
        "def is_even(n):\n    return n % 2 == 0",
        "def reverse(text):\n    return text[::-1]",
        "```python\ndef double(x):\n    return x * 2\n```",
        "def length(text):\n    return len(text)",
        "Here it is:\ndef upper(text):\n    return text.upper()",
        "def total(items):\n    return sum(items)",
        "def first(items):\n    return items[0]",
        "def multiply(a, b):\n    return a * b",
        "def contains(items):\n    return 3 in items",
    ),
    "notes": (
        "Dear Ms. Patel, thank you for the book.",
        "Dear Ben, thanks for your help!",
        "Dear Nora, please come to dinner on Friday at 7 pm.",
        "Please join us for my birthday party on Saturday!",
        "Dear Jack, I'm sorry that I was late.",
        "A reminder: the meeting is on Monday at 10 am.",
        "Dear Grandma, get well soon!",
        "Happy birthday, Leo!",
        "Dear neighbor, could you turn the music down?",
        "I am sick today and can't come.",
        "Congratulations on your new job, Mia!",
        "Dear colleagues, goodbye and all the best.",
    ),
}
WRONG = (
    "",
    "I don't know.",
    "As a small model I can't do that yet 13.5",
    "def f(",
    '{"name": ',
    "- one\n- two",
)


def test_each_checker_takes_a_right_answer_and_no_wrong_one():
    assert len(PLAIN_PROMPTS) == len({plain.prompt for plain in PLAIN_PROMPTS}) == 60
    left = {kind: list(answers) for kind, answers in RIGHT.items()}
    for plain in PLAIN_PROMPTS:
        answer = left[plain.kind].pop(0)
        assert plain.check(answer), (plain.prompt, answer)
        for wrong in WRONG:
            assert not plain.check(wrong), (plain.prompt, wrong)
    assert not any(left.values())


@pytest.mark.parametrize(
    ("beginning", "wrong"),
    [
        ("Sort alphabetically: pear", "apple, pear, fig"),
        ("Turn this into JSON: Maria", '{"name": "Maria Lopez", "age": 43, "city": "Madrid"}'),
        ("What is 7 plus", "7 + 5 = 21."),
        ("Write a Python function that adds", "def add(a, b):\n    return a - b"),
        ("Make a bullet list", "- milk\n- eggs\n- bread"),
        ("Invite Nora", "Dear Nora, come to dinner on Monday at 7."),
    ],
)
def test_what_is_nearly_right_is_wrong(beginning, wrong):
    (plain,) = (p for p in PLAIN_PROMPTS if p.prompt.startswith(beginning))
    assert not plain.check(wrong)


def many(draw, count=300):
    random = Random(5)
    return [draw(random) for _ in range(count)]


def test_no_training_task_is_one_of_the_sixty():
    hand_written = {plain.prompt for plain in PLAIN_PROMPTS}
    kinds = set()
    for kind, prompt, answer in many(draw_task, 3000):
        kinds.add(kind)
        assert prompt not in hand_written
        assert answer
        assert "{" not in prompt
    assert kinds == set(KINDS)


def test_json_answers_hold_what_the_prompt_says():
    for prompt, answer in many(json_task.draw):
        for value in json.loads(answer).values():
            assert str(value) in prompt, (prompt, answer)


def test_sums_are_right():
    for prompt, answer in many(sum_task.draw):
        left, result = answer.split(" = ")
        assert eval(left) == int(result), answer
        assert all(number in prompt for number in re.findall(r"\d+", left))


def test_functions_are_python():
    for _, answer in many(function_task.draw):
        try:
            call_function(answer, None, [])
        except Exception as error:
            pytest.fail(f"{answer}: {error}")


def test_lists_hold_the_prompts_words():
    for prompt, answer in many(list_task.draw):
        for word in re.split(r", |\n- ", answer.removeprefix("- ")):
            last = word.rstrip(".").split()[-1]
            assert last in prompt or last == str(prompt.count(",") + 1), (prompt, answer)


def test_notes_name_whom_they_are_for():
    for prompt, answer in many(note_task.draw):
        greeted = re.match(r"(?:Dear|Hi) (\S+),", answer)
        assert greeted
        assert greeted[1] in prompt
        assert not has_double(answer)


def test_shares_are_told_by_kind():
    right = {"AR": {"json": [True, False], "sums": [True]}}
    assert "| json | 1 of 2 |" in shares(right)
    assert "| all | 2 of 3 |" in shares(right)
