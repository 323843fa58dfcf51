"""Small Python functions: what they are called, their bodies and how people describe them.

In every text `{x}` and `{y}` are the argument names and `{n}` and `{w}` the constants of the
function: a number or a word. Bodies of several lines are indented by whoever writes the answer.
"""

# A table: one function a line reads better than lines of equal length.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

NUMBERS = [[0], [1], [2], [3], [4], [5], [7], [10], [12], [15], [24], [60], [97], [-3]]
SMALL = [[0], [1], [2], [3], [4], [5], [6], [9]]
PAIRS = [[0, 0], [1, 2], [5, 3], [7, 7], [-4, 9], [12, 5], [100, 8]]
LISTS = [[[]], [[1]], [[3, 1, 2]], [[5, 5, -2, 8]], [[0, 10, 4, 7, 20]], [[-1, -6]]]
FULL_LISTS = [[[4]], [[3, 1, 2]], [[5, 5, -2, 8]], [[0, 10, 4, 7, 20]], [[-1, -6]]]
TEXTS = [[""], ["a"], ["hello"], ["Hello World"], ["level"], ["one two three"], ["XyZ 12"]]
FULL_TEXTS = [["a"], ["hello"], ["Hello World"], ["level"], ["one two three"], ["XyZ 12"]]
WORD_LISTS = [[["a"]], [["pear", "fig", "apple"]], [["to", "be", "or", "not"]], [[]]]
FULL_WORD_LISTS = WORD_LISTS[:3]
TEXT_PAIRS = [["a", "b"], ["hello", "l"], ["level", "level"], ["Sun", "flower"], ["", "x"]]
LIST_PAIRS = [[[1, 2], [2, 3]], [[], [4]], [[5, 1, 5], [5]], [[1, 2, 3], []]]


@dataclass(frozen=True)
class Function:
    """One function of the catalogue.

    Attributes:
        name: usual name; may hold `{n}` or `{w}`.
        body: lines after `def`, without the first indent.
        does: descriptions that follow "a function that".
        cases: argument lists it is tried with.
        arguments: what the arguments are usually called.
    """

    name: str
    body: str
    does: tuple[str, ...]
    cases: Sequence[Sequence[Any]]
    arguments: tuple[str, ...]


def _of(arguments: str, cases: Sequence[Sequence[Any]], name: str, body: str, *does: str) -> Function:
    return Function(name, body, does, cases, tuple(arguments.split()))


FUNCTIONS: tuple[Function, ...] = (
    # one number
    _of("x", NUMBERS, "add_{n}", "return {x} + {n}", "adds {n} to a number", "returns a number plus {n}", "takes a number and adds {n}", "increases a number by {n}"),
    _of("x", NUMBERS, "subtract_{n}", "return {x} - {n}", "subtracts {n} from a number", "returns a number minus {n}", "takes {n} away from a number"),
    _of("x", NUMBERS, "multiply_by_{n}", "return {x} * {n}", "multiplies a number by {n}", "returns a number times {n}", "returns {n} times a number"),
    _of("x", NUMBERS, "divide_by_{n}", "return {x} / {n}", "divides a number by {n}", "returns a number divided by {n}"),
    _of("x", NUMBERS, "remainder_{n}", "return {x} % {n}", "returns the remainder of a number divided by {n}", "returns a number modulo {n}", "gives what is left after dividing by {n}"),
    _of("x", NUMBERS, "whole_part_{n}", "return {x} // {n}", "divides a number by {n} without a remainder", "returns the whole part of a number divided by {n}"),
    _of("x", NUMBERS, "double", "return {x} * 2", "doubles a number", "returns twice a number", "returns the double of a number"),
    _of("x", NUMBERS, "triple", "return {x} * 3", "triples a number", "returns three times a number"),
    _of("x", NUMBERS, "half", "return {x} / 2", "halves a number", "returns half of a number"),
    _of("x", NUMBERS, "square", "return {x} * {x}", "squares a number", "returns the square of a number", "returns a number times itself"),
    _of("x", SMALL, "cube", "return {x} ** 3", "cubes a number", "returns the cube of a number", "raises a number to the power of 3"),
    _of("x", NUMBERS, "negate", "return -{x}", "negates a number", "changes the sign of a number", "returns a number with the opposite sign"),
    _of("x", NUMBERS, "absolute", "return abs({x})", "returns the absolute value of a number", "returns a number without its sign"),
    _of("n", NUMBERS, "is_even", "return {x} % 2 == 0", "checks if a number is even", "tells whether a number is even", "returns True if a number is even"),
    _of("n", NUMBERS, "is_odd", "return {x} % 2 == 1", "checks if a number is odd", "tells whether a number is odd", "returns True if a number is odd"),
    _of("n", NUMBERS, "is_divisible_by_{n}", "return {x} % {n} == 0", "checks if a number is divisible by {n}", "tells whether a number is a multiple of {n}", "returns True if {n} divides a number"),
    _of("n", NUMBERS, "is_above_{n}", "return {x} > {n}", "checks if a number is greater than {n}", "tells whether a number is above {n}", "returns True if a number is larger than {n}"),
    _of("n", NUMBERS, "is_below_{n}", "return {x} < {n}", "checks if a number is less than {n}", "tells whether a number is below {n}", "returns True if a number is smaller than {n}"),
    _of("n", NUMBERS, "is_{n}", "return {x} == {n}", "checks if a number is {n}", "tells whether a number equals {n}"),
    _of("n", NUMBERS, "is_positive", "return {x} > 0", "checks if a number is positive", "tells whether a number is above zero"),
    _of("n", NUMBERS, "is_negative", "return {x} < 0", "checks if a number is negative", "tells whether a number is below zero"),
    _of("n", NUMBERS, "is_zero", "return {x} == 0", "checks if a number is zero", "tells whether a number equals zero"),
    _of("x", NUMBERS, "at_most_{n}", "return min({x}, {n})", "returns a number but never more than {n}", "limits a number to at most {n}"),
    _of("x", NUMBERS, "at_least_{n}", "return max({x}, {n})", "returns a number but never less than {n}", "raises a number to at least {n}"),
    _of("n", SMALL, "sum_to", "return sum(range({x} + 1))", "adds all numbers from 0 to n", "returns the sum of the numbers up to n", "sums the whole numbers from 1 to n"),
    _of("n", SMALL, "factorial", "result = 1\nfor i in range(1, {x} + 1):\n    result *= i\nreturn result", "returns the factorial of a number", "computes the factorial of n", "multiplies all numbers from 1 to n"),
    _of("n", SMALL, "fibonacci", "a, b = 0, 1\nfor i in range({x}):\n    a, b = b, a + b\nreturn a", "returns the n-th Fibonacci number", "computes the Fibonacci number n"),
    _of("n", SMALL, "count_to", "return list(range(1, {x} + 1))", "returns a list of the numbers from 1 to n", "counts from 1 to n in a list"),
    _of("n", SMALL, "countdown", "return list(range({x}, 0, -1))", "counts down from n to 1 in a list", "returns a list of the numbers from n down to 1"),
    _of("n", SMALL, "multiples_of_{n}", "return [{n} * i for i in range({x})]", "returns the first n multiples of {n} as a list", "lists n multiples of {n} from 0 on"),
    _of("n", NUMBERS[:-1], "digit_sum", "return sum(int(d) for d in str({x}))", "adds the digits of a number", "returns the sum of the digits of a number"),
    _of("n", NUMBERS[:-1], "count_digits", "return len(str({x}))", "counts the digits of a number", "returns how many digits a number has"),
    _of("x", NUMBERS, "to_text", "return str({x})", "turns a number into a text", "returns a number as a string"),
    _of("c", NUMBERS, "to_fahrenheit", "return {x} * 9 / 5 + 32", "converts Celsius to Fahrenheit", "turns degrees Celsius into Fahrenheit"),
    # two numbers
    _of("a b", PAIRS, "add", "return {x} + {y}", "adds two numbers", "returns the sum of two numbers"),
    _of("a b", PAIRS, "subtract", "return {x} - {y}", "subtracts the second number from the first", "returns the difference of two numbers"),
    _of("a b", PAIRS, "multiply", "return {x} * {y}", "multiplies two numbers", "returns the product of two numbers"),
    _of("a b", PAIRS[1:], "divide", "return {x} / {y}", "divides the first number by the second", "returns one number divided by another"),
    _of("a b", PAIRS, "larger", "return max({x}, {y})", "returns the larger of two numbers", "returns the maximum of two numbers"),
    _of("a b", PAIRS, "smaller", "return min({x}, {y})", "returns the smaller of two numbers", "returns the minimum of two numbers"),
    _of("a b", PAIRS, "average", "return ({x} + {y}) / 2", "returns the average of two numbers", "returns the mean of two numbers"),
    _of("a b", PAIRS, "are_equal", "return {x} == {y}", "checks if two numbers are equal", "tells whether two values are the same"),
    _of("a b", PAIRS, "distance", "return abs({x} - {y})", "returns the distance between two numbers", "returns how far two numbers are apart"),
    _of("a b", PAIRS, "area", "return {x} * {y}", "returns the area of a rectangle", "computes the area of a rectangle from two sides"),
    # texts
    _of("text", TEXTS, "repeat_{n}", "return {x} * {n}", "repeats a text {n} times", "returns a text {n} times in a row"),
    _of("text", TEXTS, "add_{w}", 'return {x} + "{w}"', 'adds "{w}" to the end of a text', 'appends "{w}" to a text'),
    _of("text", TEXTS, "start_with_{w}", 'return "{w}" + {x}', 'puts "{w}" in front of a text', 'adds "{w}" to the start of a text'),
    _of("text", TEXTS, "contains_{w}", 'return "{w}" in {x}', 'checks if a text contains "{w}"', 'tells whether "{w}" is in a text'),
    _of("text", TEXTS, "remove_{w}", 'return {x}.replace("{w}", "")', 'removes "{w}" from a text', 'deletes every "{w}" in a text'),
    _of("name", TEXTS, "greet", 'return "Hello, " + {x}', 'returns "Hello, " and a name', 'greets a name with "Hello, "'),
    _of("text", TEXTS, "reverse_text", "return {x}[::-1]", "reverses a text", "returns a string backwards", "turns a text around"),
    _of("text", TEXTS, "shout", "return {x}.upper()", "makes a text upper case", "turns a text into capital letters", "returns a string in upper case"),
    _of("text", TEXTS, "whisper", "return {x}.lower()", "makes a text lower case", "turns a text into small letters", "returns a string in lower case"),
    _of("text", TEXTS, "text_length", "return len({x})", "returns the length of a text", "counts the characters of a string"),
    _of("text", FULL_TEXTS, "first_letter", "return {x}[0]", "returns the first letter of a text", "returns the first character of a string"),
    _of("text", FULL_TEXTS, "last_letter", "return {x}[-1]", "returns the last letter of a text", "returns the last character of a string"),
    _of("text", TEXTS, "first_{n}_letters", "return {x}[:{n}]", "returns the first {n} letters of a text", "cuts a text after {n} characters"),
    _of("text", TEXTS, "is_longer_than_{n}", "return len({x}) > {n}", "checks if a text is longer than {n} characters", "tells whether a text has more than {n} letters"),
    _of("text", TEXTS, "is_palindrome", "return {x} == {x}[::-1]", "checks if a text is a palindrome", "tells whether a text reads the same backwards"),
    _of("text", TEXTS, "is_empty", "return len({x}) == 0", "checks if a text is empty", "tells whether a string has no characters"),
    _of("text", TEXTS, "count_words", "return len({x}.split())", "counts the words in a text", "returns how many words a text has"),
    _of("text", TEXTS, "split_words", "return {x}.split()", "splits a text into words", "returns the words of a text as a list"),
    _of("text", TEXTS, "count_{w}", 'return {x}.count("{w}")', 'counts how often "{w}" is in a text', 'returns the number of "{w}" in a text'),
    _of("text", TEXTS, "count_vowels", 'return sum(c in "aeiou" for c in {x}.lower())', "counts the vowels in a text", "returns how many vowels a text has"),
    _of("text", TEXTS, "remove_spaces", 'return {x}.replace(" ", "")', "removes the spaces from a text", "returns a text without spaces"),
    _of("a b", TEXT_PAIRS, "join_texts", "return {x} + {y}", "joins two texts", "puts one text after another"),
    _of("a b", TEXT_PAIRS, "contains", "return {y} in {x}", "checks if the first text contains the second", "tells whether the second text is in the first"),
    # lists
    _of("items", LISTS, "total", "return sum({x})", "sums a list of numbers", "returns the sum of a list", "adds up all numbers in a list"),
    _of("items", LISTS, "count_items", "return len({x})", "counts the items of a list", "returns the length of a list"),
    _of("items", FULL_LISTS, "largest", "return max({x})", "returns the largest number in a list", "finds the maximum of a list"),
    _of("items", FULL_LISTS, "smallest", "return min({x})", "returns the smallest number in a list", "finds the minimum of a list"),
    _of("items", FULL_LISTS, "mean", "return sum({x}) / len({x})", "returns the mean of a list of numbers", "computes the average of a list"),
    _of("items", FULL_LISTS, "first_item", "return {x}[0]", "returns the first item of a list", "gives the first element of a list"),
    _of("items", FULL_LISTS, "last_item", "return {x}[-1]", "returns the last item of a list", "gives the last element of a list"),
    _of("items", LISTS, "first_{n}", "return {x}[:{n}]", "returns the first {n} items of a list", "takes the first {n} elements of a list"),
    _of("items", LISTS, "without_first", "return {x}[1:]", "returns a list without its first item", "drops the first element of a list"),
    _of("items", LISTS, "reverse_list", "return {x}[::-1]", "reverses a list", "returns a list backwards"),
    _of("items", LISTS, "sort_list", "return sorted({x})", "sorts a list", "returns a sorted list", "puts a list in order"),
    _of("items", LISTS, "sort_down", "return sorted({x}, reverse=True)", "sorts a list from largest to smallest", "returns a list in descending order"),
    _of("items", LISTS, "keep_even", "return [i for i in {x} if i % 2 == 0]", "keeps the even numbers of a list", "returns the even numbers in a list"),
    _of("items", LISTS, "keep_positive", "return [i for i in {x} if i > 0]", "keeps the positive numbers of a list", "returns the positive numbers in a list"),
    _of("items", LISTS, "keep_above_{n}", "return [i for i in {x} if i > {n}]", "keeps the numbers of a list above {n}", "returns the numbers in a list greater than {n}"),
    _of("items", LISTS, "add_{n}_to_all", "return [i + {n} for i in {x}]", "adds {n} to every number in a list", "returns a list with {n} added to each number"),
    _of("items", LISTS, "multiply_all_by_{n}", "return [i * {n} for i in {x}]", "multiplies every number in a list by {n}", "returns a list with each number times {n}"),
    _of("items", LISTS, "square_all", "return [i * i for i in {x}]", "squares every number in a list", "returns the squares of a list of numbers"),
    _of("items", LISTS, "contains_{n}", "return {n} in {x}", "checks if {n} is in a list", "tells whether a list contains {n}"),
    _of("items", LISTS, "count_{n}", "return {x}.count({n})", "counts how often {n} is in a list", "returns how many times a list contains {n}"),
    _of("items", LISTS, "append_{n}", "return {x} + [{n}]", "returns a list with {n} at the end", "adds {n} to the end of a list"),
    _of("items", LISTS, "has_items", "return len({x}) > 0", "checks if a list has any items", "tells whether a list is not empty"),
    _of("items", LISTS, "unique", "return sorted(set({x}))", "returns the different numbers of a list in order", "removes doubles from a list and sorts it"),
    _of("words", FULL_WORD_LISTS, "longest_word", "return max({x}, key=len)", "returns the longest word of a list", "finds the longest text in a list"),
    _of("words", WORD_LISTS, "join_words", 'return " ".join({x})', "joins a list of words with spaces", "turns a list of words into one text"),
    _of("words", WORD_LISTS, "word_lengths", "return [len(w) for w in {x}]", "returns the lengths of all words in a list", "lists how long each word of a list is"),
    _of("a b", LIST_PAIRS, "join_lists", "return {x} + {y}", "joins two lists", "puts two lists together"),
    _of("a b", LIST_PAIRS, "common_items", "return [i for i in {x} if i in {y}]", "returns the items of the first list that are in the second", "finds what two lists have in common"),
)
