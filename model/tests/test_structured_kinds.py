import json
import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diffuscope_model.corpus import words
from diffuscope_model.corpus.function_catalogue import FUNCTIONS
from diffuscope_model.corpus.kind import Kind, of_split
from diffuscope_model.corpus.kinds import (
    arithmetic,
    echo,
    functions,
    json_extraction,
    list_order,
    sudoku,
)
from diffuscope_model.corpus.sample import sample

KINDS = [k.KIND for k in (echo, json_extraction, arithmetic, list_order, functions, sudoku)]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
each_split = pytest.mark.parametrize("split", ["train", "test"])
WORD_LISTS = [words.first_names, words.last_names, words.things, words.animals, words.places]
WORD_LISTS += [words.foods, words.cities, words.jobs]


def drawn(kind: Kind, split: str, count: int = 300):
    rng = Random(f"{kind.name} {split}")
    return [sample(kind, rng, split) for _ in range(count)]


@each_kind
@each_split
def test_own_answer_is_right_also_after_storage(kind, split):
    for example in drawn(kind, split):
        assert kind.check(example.facts, example.answer), example
        assert kind.check(json.loads(json.dumps(example.facts)), example.answer), example
        assert example.prompt.isascii()


@each_kind
@each_split
def test_empty_and_junk_answers_are_wrong(kind, split):
    for example in drawn(kind, split):
        for wrong in ("", " ", "no", "{}", "[]", "null", "?" * 500, "[" * 5000, "some words"):
            assert not kind.check(example.facts, wrong), (example, wrong)


@each_kind
def test_the_same_seed_gives_the_same_examples(kind):
    assert drawn(kind, "train", 40) == drawn(kind, "train", 40)


@each_kind
@settings(max_examples=200, deadline=None)
@given(text=st.text(), seed=st.integers(0, 50))
def test_check_never_raises(kind, text, seed):
    example = sample(kind, Random(seed), "train")
    assert kind.check(example.facts, text) in (True, False)
    assert kind.check(example.facts, example.answer + text) in (True, False)


@each_split
def test_echo_with_a_changed_letter_is_wrong(split):
    for example in drawn(echo.KIND, split):
        assert not echo.check(example.facts, example.answer[:-1])
        assert not echo.check(example.facts, example.answer + " x")


@each_split
def test_json_spoiled_is_wrong(split):
    check = json_extraction.check
    for example in drawn(json_extraction.KIND, split):
        record = json.loads(example.answer)
        keys = list(record)
        assert list(example.facts["record"]) == keys
        assert all(str(value) in example.facts["text"] for value in record.values())
        backwards = {key: record[key] for key in reversed(keys)}
        assert check(example.facts, json.dumps(backwards, indent=1))
        rotated = dict(zip(keys, [*list(record.values())[1:], record[keys[0]]], strict=True))
        assert not check(example.facts, json.dumps(rotated))
        assert not check(example.facts, json.dumps(dict(list(record.items())[1:])))
        assert not check(example.facts, json.dumps({**record, "more": 1}))
        assert not check(example.facts, json.dumps([record]))
        assert not check(example.facts, example.answer[:-1])
        for key, value in record.items():
            swapped_type = str(value) if not isinstance(value, str) else 1
            assert not check(example.facts, json.dumps({**record, key: swapped_type}))
            if isinstance(value, int):
                assert not check(example.facts, json.dumps({**record, key: float(value)}))


@each_split
def test_arithmetic_spoiled_is_wrong(split):
    for example in drawn(arithmetic.KIND, split):
        facts, last = example.facts, example.answer[-1]
        expected = facts["a"] + facts["b"] * (1 if facts["operation"] == "+" else -1)
        assert facts["result"] == expected >= 0
        assert not arithmetic.check(facts, example.answer[:-1] + str((int(last) + 1) % 10))
        assert not arithmetic.check(facts, example.answer + "0")
        assert not arithmetic.check(facts, f"-{expected + 1}")


@given(a=st.integers(0, 999), b=st.integers(0, 999), plus=st.booleans())
def test_every_written_column_is_true(a, b, plus):
    if not plus:
        a, b = max(a, b), min(a, b)
    result = a + b if plus else a - b
    facts = {"a": a, "b": b, "operation": "+" if plus else "-", "result": result}
    answer = arithmetic.answer(facts, Random(0))
    equations = re.findall(r"([0-9 +-]+)=([0-9 ]+)", answer)
    assert len(equations) == max(len(str(a)), len(str(b))) + 1
    for left, right in equations:
        terms = re.findall(r"[+-]?[0-9]+", left.replace(" ", ""))
        assert sum(map(int, terms)) == int(right)
    columns = [right.strip() for _, right in equations[:-1]]
    digits = [column[-1] for column in columns[:-1]] + [columns[-1]]
    assert int("".join(reversed(digits))) == result


def test_arithmetic_reads_as_written_in_the_docs():
    facts = {"a": 37, "b": 45, "operation": "+", "result": 82}
    assert arithmetic.answer(facts, Random(0)) == "0+7+5=12, 1+3+4=08. 37 + 45 = 82"
    facts = {"a": 53, "b": 27, "operation": "-", "result": 26}
    assert arithmetic.answer(facts, Random(0)) == "13-0-7=6, 05-1-2=2. 53 - 27 = 26"


@each_split
def test_list_order_spoiled_is_wrong(split):
    for example in drawn(list_order.KIND, split):
        items = example.answer.split(", ")
        assert sorted(items) == sorted(example.facts["items"])
        for wrong in (items[1:], items[::-1], [*items, items[0]], [*items[1:], items[0]]):
            assert not list_order.check(example.facts, ", ".join(wrong))
        assert list_order.check(example.facts, ",".join(items) + "\n")


def test_the_catalogue_is_large_and_every_function_has_both_splits():
    assert len(FUNCTIONS) >= 60
    for index in range(len(FUNCTIONS)):
        for named in (True, False):
            for arguments in (True, False):
                facts = {"index": index, "named": named, "names_arguments": arguments}
                assert of_split(functions.phrasings(facts), "train")
                assert of_split(functions.phrasings(facts), "test")


def test_every_function_is_told_apart_from_constant_answers():
    rng = Random(5)
    reached = set()
    while len(reached) < len(FUNCTIONS):
        example = sample(functions.KIND, rng, "train")
        reached.add(example.facts["index"])
        head = example.answer.split("\n")[0]
        for value in ("None", "0", "True", "False", '""', "[]", example.facts["x"]):
            assert not functions.check(example.facts, f"{head}\n    return {value}"), example.answer


def test_a_name_tells_a_function():
    assert len({function.name for function in FUNCTIONS}) == len(FUNCTIONS)


@each_split
def test_functions_spoiled_are_wrong(split):
    for example in drawn(functions.KIND, split):
        head, body = example.answer.split("\n", 1)
        for wrong in (
            f"{head}\n    while True:\n        pass",
            f"{head}\n    while True: pass",
            f"{head}\n    return {example.facts['fname']}({head[head.index('(') + 1 : -2]})",
            f"import os\n{example.answer}",
            f"{head}\n    import os\n{body}",
            f"{head}\n    return eval('1')",
            f"{head}\n    return open('x')",
            f"{head}\n    return ().__class__",
            example.answer + "\nprint(1)",
            head,
            body,
        ):
            assert not functions.check(example.facts, wrong), wrong
        renamed = example.answer.replace(f"def {example.facts['fname']}(", "def other(", 1)
        assert functions.check(example.facts, renamed) is not example.facts["named"]


@pytest.mark.parametrize(
    "body",
    [
        "return 9 ** 9 ** 9 ** 9",
        "return [0] * 10 ** 9",
        "return 'a' * 999999999 * 9999",
        "return sum(range(10 ** 9))",
        "return list(range(999999999))",
        "return [i for i in range(99999) for j in range(99999)]",
        "return sum(1 for i in range(99999) for j in range(99999))",
        "for i in range(99999):\n        for j in range(99999): x = j\n    return x",
        "while True:\n        x += x",
        "x = [1]\n    while True:\n        x = x + x",
        "x = [1]\n    while True:\n        x.extend(x)",
        "while True:\n        x *= x",
        "while True:\n        try:\n            x += 1\n        except:\n            pass",
        "return '%999999999d' % x",
        "return f'{x:999999999}'",
        "return (lambda f: f(f))(lambda f: f(f))",
        "return 1 << 999999999",
        "return __import__('os')",
        "x.__class__ = 1",
        "return x.__globals__",
    ],
)
def test_bombs_and_escapes_are_wrong_and_soon_over(body):
    facts = {"index": 0, "n": 7, "w": "", "x": "x", "y": "x", "fname": "add_7", "named": False}
    assert functions.check(facts, "def add_7(x):\n    return x + 7")
    assert functions.check(facts, "def add_7(x):\n    x += 7\n    return x")
    assert not functions.check(facts, f"def add_7(x):\n    {body}")


@each_kind
def test_noise_leaves_what_is_to_be_copied(kind):
    slots = {"echo": "text", "json-extraction": "text", "list-order": "list", "sudoku": "grid"}
    if kind.name in slots:
        for example in drawn(kind, "train"):
            assert example.facts[slots[kind.name]] in example.prompt


@pytest.mark.parametrize("words_of", WORD_LISTS, ids=lambda f: f.__name__)
def test_word_lists_are_split_and_clean(words_of):
    train, test = words_of("train"), words_of("test")
    assert test and not set(train) & set(test)
    for word in train + test:
        assert word.isascii() and word.replace(" ", "").isalpha() and word == word.strip()
    named = words_of in (words.first_names, words.last_names, words.cities)
    assert all(word[0].isupper() if named else word.islower() for word in train + test)


def test_copied_words_come_from_thousands():
    for words_of in (words.first_names, words.last_names, words.things):
        assert len(words_of("train")) + len(words_of("test")) >= 2000


def test_a_sudoku_has_one_solution_that_keeps_its_digits():
    assert len(sudoku.grids()) == 288
    for example in drawn(sudoku.KIND, "train", 50):
        digits = [[int(c) for c in example.facts[name] if c != "/"] for name in ("grid", "solved")]
        puzzle, solved = digits
        assert sudoku.solutions(tuple(puzzle)) == 1
        assert sudoku.is_solved(tuple(solved))
        assert all(given in (0, digit) for given, digit in zip(puzzle, solved, strict=True))
        assert not sudoku.check(example.facts, example.answer[::-1] + "1")
