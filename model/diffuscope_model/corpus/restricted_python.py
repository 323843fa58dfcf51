"""Runs small functions that a model wrote, with no way out and no way to run for ever.

The syntax tree is checked first (functions alone, known methods, no imports, no leading
underscores), growth by `+`, `*` and `**` is bounded, and executed instructions are counted.
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Sequence
from types import FrameType
from typing import Any

LONGEST_SOURCE = 2000
"""Characters of source looked at."""
MOST_INSTRUCTIONS = 30_000
"""Bytecode instructions all calls of one check may take together."""
LARGEST = 100_000
"""Most elements of a text, list or range; a number may have about three times as many bits."""

_METHODS = frozenset(
    "upper lower strip lstrip rstrip split join replace startswith endswith index "
    "find count append insert pop remove reverse sort copy keys values "
    "items get add title capitalize swapcase isdigit isalpha isupper islower isspace "
    "isalnum".split()
)
_FORBIDDEN = (
    *(ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Try, ast.With, ast.ClassDef),
    *(ast.AsyncFunctionDef, ast.Await, ast.Delete, ast.Raise, ast.Match),
)


class Refused(Exception):
    """The source is not a small harmless function, or it ran too long or grew too large."""


def _size(value: Any) -> int:
    return len(value) if hasattr(value, "__len__") else 0


def _plus(a: Any, b: Any) -> Any:
    if _size(a) + _size(b) > LARGEST:
        raise Refused("too large")
    return a + b


def _times(a: Any, b: Any) -> Any:
    bits = [abs(v).bit_length() if isinstance(v, int) else 0 for v in (a, b)]
    if sum(bits) > 300 or max(_size(a), 1) * max(_size(b), 1) > LARGEST:
        raise Refused("too large")
    for text, count in ((a, b), (b, a)):
        if _size(text) and isinstance(count, int) and _size(text) * count > LARGEST:
            raise Refused("too large")
    return a * b


def _power(a: Any, b: Any) -> Any:
    if not all(isinstance(v, int | float) and abs(v) < 1e6 for v in (a, b)) or abs(b) > 64:
        raise Refused("too large")
    return a**b


def _range(*bounds: int) -> range:
    chosen = range(*bounds)
    if len(chosen) > LARGEST:
        raise Refused("too large")
    return chosen


_BUILTINS = {
    f.__name__: f
    for f in (
        *(abs, all, any, bool, dict, divmod, enumerate, filter, float, int, len, list, map, max),
        *(min, ord, reversed, round, set, sorted, str, sum, tuple, zip, isinstance, chr),
    )
} | {"range": _range}
_BOUNDED = {ast.Add: ("_plus", _plus), ast.Mult: ("_times", _times), ast.Pow: ("_power", _power)}


class _Bounded(ast.NodeTransformer):
    """Writes calls of the bounded operations in place of `+`, `*` and `**`."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if type(node.op) not in _BOUNDED:
            return node
        function = ast.Name(_BOUNDED[type(node.op)][0], ast.Load())
        return ast.copy_location(ast.Call(function, [node.left, node.right], []), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if not isinstance(node.target, ast.Name):
            raise Refused("assignment to an element")
        value = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
        ast.copy_location(value, node)
        return ast.copy_location(ast.Assign([node.target], self.visit(value)), node)


def _inspect(tree: ast.Module) -> None:
    if not tree.body or not all(isinstance(node, ast.FunctionDef) for node in tree.body):
        raise Refused("not a function alone")
    for node in ast.walk(tree):
        if isinstance(node, _FORBIDDEN) or getattr(node, "decorator_list", None):
            raise Refused(f"{type(node).__name__} is not allowed")
        if isinstance(node, ast.Attribute) and node.attr not in _METHODS:
            raise Refused(f"method {node.attr} is not allowed")
        name = getattr(node, "id", None) or getattr(node, "name", None) or getattr(node, "arg", "")
        if isinstance(name, str) and name.startswith("_"):
            raise Refused("a name with a leading underscore")
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            raise Refused("a format specification")
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(
            node.op, ast.Mod | ast.LShift
        ):
            texts = isinstance(getattr(node, "left", None), ast.Constant | ast.JoinedStr)
            if isinstance(node.op, ast.LShift) or texts:
                raise Refused("shifts and text formatting")
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value > 10**9:
            raise Refused("too large a number")


def call_function(source: str, name: str | None, cases: Sequence[Sequence[Any]]) -> list[Any]:
    """Defines the functions of `source` and calls one of them with each list of arguments.

    Args:
        source: Python with function definitions alone.
        name: the function to call; the only one defined when it is None.
        cases: argument lists; lists among the arguments are copied before each call.

    Returns:
        What the calls returned, in order.

    Raises:
        Exception: whatever parsing or calling raised; `Refused` where a bound was met.
    """
    if len(source) > LONGEST_SOURCE:
        raise Refused("too long")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
        _inspect(tree)
        code = compile(ast.fix_missing_locations(_Bounded().visit(tree)), "<answer>", "exec")
    if name is None:
        if len(tree.body) != 1:
            raise Refused("more than one function")
        name = tree.body[0].name  # type: ignore[attr-defined]
    left = MOST_INSTRUCTIONS

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename != code.co_filename:
            return None  # the bounded operations themselves are not counted
        frame.f_trace_opcodes = True
        left -= 1
        if left < 0:
            raise Refused("too many steps")
        return count

    namespace: dict[str, Any] = {"__builtins__": _BUILTINS, **dict(_BOUNDED.values())}
    before = sys.gettrace()
    sys.settrace(count)
    try:
        exec(code, namespace)
        function = namespace[name]
        return [function(*(list(v) if isinstance(v, list) else v for v in case)) for case in cases]
    finally:
        sys.settrace(before)
