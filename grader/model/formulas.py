"""Formulas: the text of an expression in ``x`` and ``np`` → a function, through a closed grammar.

Nothing is compiled: each part that the grammar knows becomes a closure, and every other part is refused by
name. A formula comes out of a file that was downloaded, so what it may compute is listed in
``formula_functions``, and no part of it may be larger than ``MAX_ELEMENTS`` or than what it was given.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from grader.model.formula_functions import (
    ATTRIBUTES,
    COMPARISONS,
    CONSTANTS,
    FUNCTIONS,
    KEYWORDS,
    METHODS,
    OPERATORS,
    SIGNS,
    FormulaError,
    Function,
    new_array,
    require_few_axes,
    to_float,
)

__all__ = ["FormulaError", "parse_formula"]

MAX_TEXT = 500
"""Characters."""
MAX_NODES = 200
MAX_DEPTH = 24
MAX_NUMBER = 1e12
"""The largest magnitude of a literal."""
MAX_LITERAL = 1_000
"""Entries of one ``np.array([…])``."""
_ALLOWED = "numbers, `x`, arithmetic, indexing with literals, and listed functions of NumPy"

Compute = Callable[[Any], Any]


def parse_formula(text: str) -> Compute:
    """The function of ``x`` that ``text`` says. Raises FormulaError, with the part that is not allowed."""
    if type(text) is not str:
        raise FormulaError(f"a formula is text, not a value of type {type(text).__name__}")
    if len(text) > MAX_TEXT:
        raise FormulaError(f"a formula of {len(text):,} characters: at most {MAX_TEXT} are read")
    return _parsed(text)


@lru_cache(maxsize=256)
def _parsed(text: str) -> Compute:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in a string is refused with the string
            tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError(f"`{_shown(text)}` is not an expression ({_reason(error)})") from None
    return _Parser().expression(tree.body, 0)


class _Parser:
    """Turns nodes into closures, and counts them."""

    def __init__(self) -> None:
        self._nodes = 0

    def expression(self, node: ast.expr, depth: int) -> Compute:
        """The closure of one node."""
        self._count(depth)
        match node:
            case ast.Name(id="x"):
                return _identity
            case ast.Constant(value=int() | float()):
                number = _number(node)
                return lambda x: number
            case ast.Attribute(value=ast.Name(id="np"), attr=name) if name in CONSTANTS:
                constant = CONSTANTS[name]
                return lambda x: constant
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                compute = self._call(OPERATORS[type(operator)], [left, right], depth)
                return compute if _uses_x(node) else _constant(node, compute)
            case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in COMPARISONS:
                return self._call(COMPARISONS[type(operator)], [left, right], depth)
            case ast.UnaryOp(op=operator, operand=operand) if type(operator) in SIGNS:
                return self._call(SIGNS[type(operator)], [operand], depth)
            case ast.Subscript(value=value, slice=index):
                return self._item(value, index, depth)
            case ast.Attribute(value=value, attr=name) if name in ATTRIBUTES and not _is_numpy(value):
                return self._call(ATTRIBUTES[name], [value], depth)
            case ast.Call(func=function, args=args, keywords=keywords):
                return self._called(node, function, args, keywords, depth)
        raise _refused(node)

    def _call(self, function: Callable[..., Any], operands: list[ast.expr], depth: int) -> Compute:
        parts = [self.expression(operand, depth + 1) for operand in operands]
        if len(parts) == 1:
            (only,) = parts
            return lambda x: function(only(x))
        if len(parts) == 2:
            left, right = parts
            return lambda x: function(left(x), right(x))
        return lambda x: function(*[part(x) for part in parts])

    def _item(self, value: ast.expr, index: ast.expr, depth: int) -> Compute:
        base = self.expression(value, depth + 1)
        key = self._index(index, depth + 1)
        return lambda x: require_few_axes(base(x)[key])

    def _called(
        self,
        node: ast.Call,
        function: ast.expr,
        args: list[ast.expr],
        keywords: list[ast.keyword],
        depth: int,
    ) -> Compute:
        self._count(depth + 1)
        match function:
            case ast.Name(id="float") if not keywords and len(args) == 1:
                return self._call(to_float, args, depth + 1)
            case ast.Attribute(value=ast.Name(id="np"), attr="array") if not keywords and len(args) == 1:
                if isinstance(args[0], ast.List | ast.Tuple):
                    constant = self._array(args[0], depth + 1)
                    return lambda x: constant.copy()
                return self._call(new_array, args, depth + 1)
            case ast.Attribute(value=ast.Name(id="np"), attr=name) if name in FUNCTIONS:
                return self._applied(node, FUNCTIONS[name], args, keywords, depth + 1)
            case ast.Attribute(value=value, attr=name) if name in METHODS and not _is_numpy(value):
                return self._method(node, name, value, args, keywords, depth + 1)
        raise _refused(function if isinstance(function, ast.Name | ast.Attribute) else node)

    def _applied(
        self,
        node: ast.Call,
        function: Function,
        args: list[ast.expr],
        keywords: list[ast.keyword],
        depth: int,
    ) -> Compute:
        if len(args) != function.operands:
            raise FormulaError(f"`{_text(node)}` has {len(args)} arguments: {function.operands} are allowed")
        options = self._options(node, keywords, function.keywords, depth)
        compute = function.compute
        return self._call((lambda *values: compute(*values, **options)) if options else compute, args, depth)

    def _method(
        self,
        node: ast.Call,
        name: str,
        value: ast.expr,
        args: list[ast.expr],
        keywords: list[ast.keyword],
        depth: int,
    ) -> Compute:
        method = METHODS[name]
        base = self.expression(value, depth + 1)
        literals = tuple(self._literal(arg, depth + 1) for arg in args)
        if len(literals) > method.literals:
            raise FormulaError(f"`{_text(node)}` has {len(literals)} arguments: too many for `.{name}`")
        options = self._options(node, keywords, method.keywords, depth)
        compute = method.compute
        return lambda x: compute(base(x), *literals, **options)

    def _options(
        self, node: ast.Call, keywords: list[ast.keyword], allowed: frozenset[str], depth: int
    ) -> dict[str, Any]:
        options: dict[str, Any] = {}
        for keyword in keywords:
            if keyword.arg not in allowed or keyword.arg in options:
                names = ", ".join(sorted(allowed)) or "none"
                raise FormulaError(f"`{_text(node)}` has an argument that is not allowed; by name: {names}")
            value = self._literal(keyword.value, depth + 1)
            if not KEYWORDS[keyword.arg](value):
                raise FormulaError(f"`{keyword.arg}={_text(keyword.value)}` is not allowed here")
            options[keyword.arg] = value
        return options

    def _index(self, node: ast.expr, depth: int) -> Any:
        """A literal index: integers, slices, strings, ``None``, ``…``, and tuples of these."""
        if isinstance(node, ast.Tuple):
            self._count(depth)
            return tuple(self._index(item, depth + 1) for item in node.elts)
        if isinstance(node, ast.Slice):
            self._count(depth)
            sides = (node.lower, node.upper, node.step)
            return slice(*(None if side is None else self._whole(side, depth + 1) for side in sides))
        self._count(depth)
        match node:
            case ast.Constant(value=str() | None as value) if not isinstance(value, bool):
                return value
            case ast.Constant(value=value) if value is Ellipsis:
                return value
            case ast.Attribute(value=ast.Name(id="np"), attr="newaxis"):
                return None
        return self._whole(node, depth)

    def _whole(self, node: ast.expr, depth: int) -> int | None:
        value = self._literal(node, depth)
        if value is not None and type(value) is not int:
            raise FormulaError(f"`{_text(node)}` is no index: an index is a literal")
        return value

    def _literal(self, node: ast.expr, depth: int) -> Any:
        """A number, ``True``, ``False``, ``None``, or a tuple of integers."""
        self._count(depth)
        match node:
            case ast.Constant(value=None | True | False):
                return node.value
            case ast.Constant(value=int() | float()):
                return _number(node)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=ast.Constant(value=int() | float())):
                number = _number(node.operand)
                return -number if isinstance(sign, ast.USub) else number
            case ast.Tuple(elts=items):
                return tuple(self._whole(item, depth + 1) for item in items)
        raise FormulaError(f"`{_text(node)}` is not a literal, and stands where only literals are allowed")

    def _array(self, node: ast.List | ast.Tuple, depth: int) -> Any:
        """An array of numbers: nested lists of one shape."""
        values = self._nested(node, depth)
        try:
            return np.array(values)
        except ValueError:
            raise FormulaError(f"`{_text(node)}` is not an array: its rows differ in length") from None

    def _nested(self, node: ast.expr, depth: int) -> Any:
        if not isinstance(node, ast.List | ast.Tuple):
            value = self._literal(node, depth)
            if type(value) not in (int, float):
                raise FormulaError(f"`{_text(node)}` is no number: `np.array` takes numbers here")
            return value
        self._count(depth)
        if len(node.elts) > MAX_LITERAL:
            raise FormulaError(f"an array of {len(node.elts):,} entries: at most {MAX_LITERAL} are read")
        return [self._nested(item, depth + 1) for item in node.elts]

    def _count(self, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FormulaError(f"a formula of more than {MAX_NODES} parts")
        if depth > MAX_DEPTH:
            raise FormulaError(f"a formula nested more than {MAX_DEPTH} deep")


def _identity(x: Any) -> Any:
    return x


def _uses_x(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "x" for part in ast.walk(node))


def _constant(node: ast.expr, compute: Compute) -> Compute:
    """Arithmetic on numbers alone, computed now: ``9**9**9`` is refused when it is read."""
    try:
        with np.errstate(all="ignore"):
            value = compute(None)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise FormulaError(f"`{_text(node)}` cannot be computed: {error}") from None
    return (lambda x: value.copy()) if isinstance(value, np.ndarray) else (lambda x: value)


def _number(node: ast.expr) -> int | float:
    assert isinstance(node, ast.Constant)
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused(node)
    if not abs(value) <= MAX_NUMBER:
        raise FormulaError(
            f"a number as large as `{_shown(repr(value), 24)}`: at most {MAX_NUMBER:.0e} is read"
        )
    return value


def _is_numpy(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "np"


def _refused(node: ast.AST) -> FormulaError:
    return FormulaError(f"`{_text(node)}` is not allowed in a formula; it may use {_ALLOWED}")


def _text(node: ast.AST) -> str:
    try:
        return _shown(ast.unparse(node), 80)
    except (ValueError, RecursionError):
        return type(node).__name__


def _shown(text: str, limit: int = 80) -> str:
    """The start of a text as it may stand in a sentence: what cannot be printed is escaped."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)


def _reason(error: BaseException) -> str:
    return error.msg if isinstance(error, SyntaxError) else type(error).__name__
