"""Sudoku of four by four: the order in which cells are filled decides how hard they are."""

from __future__ import annotations

from functools import cache, reduce
from itertools import permutations, product
from operator import and_
from random import Random

from diffuscope_model.corpus.kind import Facts, Kind, Split, held_out

PHRASINGS = (
    "Solve this 4x4 sudoku: {grid}",
    "Solve this sudoku: {grid}",
    "Solve the sudoku {grid}.",
    "Solve this small sudoku, 0 is an empty cell: {grid}",
    "Solve this 4x4 puzzle, 0 is empty: {grid}",
    "Sudoku: {grid}",
    "4x4 sudoku: {grid}",
    "Sudoku with 4 rows, 0 means empty: {grid}",
    "Fill in the empty cells of this sudoku: {grid}",
    "Fill in this 4x4 sudoku: {grid}",
    "Complete this sudoku: {grid}",
    "Complete the 4x4 sudoku {grid}.",
    "Finish this sudoku: {grid}",
    "Finish the sudoku (0 is empty): {grid}",
    "Replace the zeros of this sudoku: {grid}",
    "What is the solution of this sudoku? {grid}",
    "What is the solution of the 4x4 sudoku {grid}?",
    "Can you solve this sudoku? {grid}",
    "Find the missing numbers of this sudoku: {grid}",
    "Find the missing digits: {grid}",
    "Here is a sudoku, solve it: {grid}",
    "Here is a 4x4 sudoku with zeros for the gaps: {grid}",
    "Write the solved sudoku: {grid}",
    "{grid}\nSolve this sudoku.",
    "{grid}\nFill in this 4x4 sudoku.",
    "{grid} is a sudoku. Solve it.",
)
SIDE = 4
UNITS = (
    *(tuple(SIDE * row + column for column in range(SIDE)) for row in range(SIDE)),
    *(tuple(SIDE * row + column for row in range(SIDE)) for column in range(SIDE)),
    *(
        tuple(SIDE * (top + row) + left + column for row in range(2) for column in range(2))
        for top, left in product((0, 2), (0, 2))
    ),
)
"""Rows, columns and boxes, as places in the grid read row by row."""


@cache
def grids() -> tuple[tuple[int, ...], ...]:
    """All 288 solved grids."""
    rows = list(permutations(range(1, SIDE + 1)))
    return tuple(
        grid
        for four in product(rows, repeat=SIDE)
        if is_solved(grid := tuple(digit for row in four for digit in row))
    )


def is_solved(grid: tuple[int, ...]) -> bool:
    """Whether every row, column and box holds each digit once."""
    return all(len({grid[place] for place in unit}) == SIDE for unit in UNITS)


@cache
def _grids_with() -> dict[tuple[int, int], int]:
    """The solved grids that have a digit at a place, a bit each; all of them for 0."""
    cells = product(range(SIDE * SIDE), range(SIDE + 1))
    return {
        (place, digit): sum(
            1 << index for index, grid in enumerate(grids()) if digit in (0, grid[place])
        )
        for place, digit in cells
    }


def solutions(puzzle: tuple[int, ...]) -> int:
    """How many solved grids agree with the digits given; 0 is an empty cell."""
    having = _grids_with()
    return reduce(and_, (having[cell] for cell in enumerate(puzzle))).bit_count()


def written(grid: tuple[int, ...]) -> str:
    """Rows of digits with slashes between them."""
    digits = "".join(map(str, grid))
    return "/".join(digits[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE))


EMPTY: dict[Split, tuple[int, int]] = {"train": (4, 12), "test": (8, 12)}
"""How many cells are empty, at least and at most. Where few are, any order solves the puzzle."""


def draw(rng: Random, split: Split) -> Facts:
    """A puzzle with one solution; each number of empty cells is as frequent as the others."""
    empty = rng.randint(*EMPTY[split])
    while True:
        solved = rng.choice(grids())
        places = set(rng.sample(range(SIDE * SIDE), empty))
        puzzle = tuple(0 if place in places else digit for place, digit in enumerate(solved))
        if held_out(written(puzzle)) == (split == "test") and solutions(puzzle) == 1:
            return {"grid": written(puzzle), "solved": written(solved)}


def check(facts: Facts, answer: str) -> bool:
    """The one solution, whatever stands between its digits."""
    return [c for c in answer if c.isdigit()] == [c for c in facts["solved"] if c.isdigit()]


KIND = Kind("sudoku", 6, draw, PHRASINGS, lambda facts, rng: facts["solved"], check)
