"""Formulas: a closed grammar, read without being run, and no larger than what they are given."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.model import Formula, NumberType
from grader.model.formulas import FormulaError, parse_formula

X = np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]])


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("x", X, X),
        ("float(np.sum(x ** 3))", X, float(np.sum(X**3))),
        ("x * np.array([0.05, -1.0, 2])", X, X * np.array([0.05, -1.0, 2])),
        ("(x[0][:, 0] / x[1][0]).reshape(3, 1)", (X.T, (2.0,)), (X.T[:, 0] / 2).reshape(3, 1)),
        ("-x['a'][..., None] % 2", {"a": X}, -X[..., None] % 2),
        ("x[np.newaxis, -1, ::2]", X, X[None, -1, ::2]),
        ("np.sum(x, axis=0, keepdims=True)", X, X.sum(axis=0, keepdims=True)),
        ("x.sum(axis=(0, 1)) + x.mean(1)[0] // 2", X, X.sum() + X.mean(1)[0] // 2),
        ("np.where(x > 0, x, 0.1 * x)", X, np.where(X > 0, X, 0.1 * X)),
        ("np.dot(x, x.T) - np.maximum(x, 0).copy()[0, 0]", X, X @ X.T - 1.0),
        ("np.tanh(x) * np.exp(-x) + 2 * np.pi", X, np.tanh(X) * np.exp(-X) + 2 * np.pi),
        ("x * np.array([[1], [2]])", [[1.0, 2.0], [3.0, 4.0]], np.array([[1.0, 2.0], [6.0, 8.0]])),
    ],
)
def test_what_rubrics_write_is_computed_as_numpy_computes_it(text: str, x: Any, expected: Any) -> None:
    found = Formula(text)(x)

    assert type(found) is type(expected)
    assert np.array_equal(found, expected)


HOSTILE = [
    "__import__('os').system('touch {path}')",
    "().__class__.__base__.__subclasses__()",
    "x.__class__",
    "x.T.__class__",
    "np.array([1.0]).__class__",
    "np.__builtins__['open']('{path}', 'w')",
    "np.load('{path}')",
    "np.fromfile('{path}')",
    "np.core.numeric",
    "np.lib.npyio.format",
    "np.random.seed(0)",
    "np.sum.__globals__",
    "np.sum(x).tofile('{path}')",
    "x.tofile('{path}')",
    "x.dump('{path}')",
    "np.save('{path}', x)",
    "np.vectorize(print)(x)",
    "np.zeros(10)",
    "np.tile(x, 1000)",
    "np.sum(x, out=x)",
    "np.sum(x, dtype='O')",
    "np.sum(*[x])",
    "np.sum(**{{'a': x}})",
    "np['load']",
    "np",
    "np.sum",
    "x.reshape",
    "open('{path}', 'w')",
    "exec('1')",
    "eval('1')",
    "float.fromhex('1')",
    "float('1')",
    "lambda: x",
    "(lambda: x)()",
    "(y := x)",
    "[y for y in x]",
    "(y for y in x)",
    "{{x}}",
    "{{'a': x}}",
    "f'{{x}}'",
    "'text'",
    "b'text'",
    "x if x else x",
    "x and x",
    "not x",
    "~x",
    "x @ x",
    "x << 9",
    "x in x",
    "x is x",
    "0 < x < 1",
    "x[x]",
    "x[[0]]",
    "x[1.0]",
    "x[True]",
    "x[0:x]",
    "x[b'a']",
    "x.reshape(x)",
    "x.reshape(*x)",
    "x.real",
    "x.base",
    "x.data",
    "y",
    "None",
    "True",
    "...",
    "1j",
    "1e13",
    "1e999",
    "np.array([x, x])",
    "np.array([[1], [2, 3]])",
    "np.array([1, 'a'])",
    "np.array([1.0], dtype=object)",
    "x; x",
    "import os",
    "x\nx",
    "await x",
    "yield x",
    "",
    "\0",
    "\ud800",
    "((((((((",
    "\\",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_everything_else_is_refused_and_nothing_is_run(text: str, tmp_path: Path) -> None:
    path = tmp_path / "written"

    with pytest.raises(FormulaError, match=r"formula|expression|literal|index|number|array|argument"):
        Formula(text.format(path=path)).function()

    assert not path.exists()


@pytest.mark.parametrize(
    "text",
    [
        "x+" * 251 + "x",
        "-" * 400 + "x",
        "(" * 240 + "x" + ")" * 240,
        "x" + "[0]" * 160,
        "x" + "+x" * 240,
        "9" * 499,
    ],
)
def test_long_and_deep_formulas_are_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)


@pytest.mark.parametrize("value", [None, 1, b"x", ["x"], {"x": "x"}])
def test_a_formula_that_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(FormulaError, match="a formula is text"):
        parse_formula(value)


@pytest.mark.parametrize("text", ["9**9**9", "2**9999", "1/0", "10**12*10**12**9", "0**-1"])
def test_arithmetic_on_numbers_is_done_or_refused_when_it_is_read(text: str) -> None:
    with pytest.raises(FormulaError, match="cannot be computed"):
        parse_formula(text)


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("x * 1000000000", [0] * 1_000),
        ("x * 1000000000", "text"),
        ("x % x", "%0999999999d"),
        ("x ** x ** x", 99),
        ("x[:, None, None] * x[:, None] * x", np.ones(2_000)),
        ("np.maximum(x[:, None, None], x[:, None]) + x", np.ones(2_000)),
        ("np.where(x[:, None, None] > 0, x[:, None], x)", np.ones(2_000)),
        ("np.dot(x[:, None], x[None])", np.ones(9_000)),
        ("x.reshape(4000000, 4000000, 0).sum(axis=2)", np.ones(0)),
        ("np.dot(x.reshape(4000000, 0), x.reshape(0, 4000000))", np.ones(0)),
        ("(x.reshape(4000000, 1, 0) + x.reshape(1, 4000000, 0)).sum(axis=2)", np.ones(0)),
    ],
)
def test_a_formula_takes_no_more_memory_than_its_bounds(text: str, x: Any) -> None:
    function = Formula(text).function()
    tracemalloc.start()

    with pytest.raises((FormulaError, TypeError)):
        function(x)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200 << 20


def test_a_constant_is_a_new_array_each_time() -> None:
    function = Formula("np.array([1.0, 2.0]) * 2").function()

    function(None)[0] = 9.0

    assert np.array_equal(function(None), [2.0, 4.0])


@pytest.mark.parametrize("name", ["float32", "float64", "int64", "uint8", "bool_", "bool"])
def test_types_of_numbers_have_names(name: str) -> None:
    assert NumberType(name).type() is np.dtype(name.removesuffix("_")).type


@pytest.mark.parametrize(
    "name", ["object", "O", "S1000000000", "datetime64", "f8,f8", "float128", "", None, [], 8]
)
def test_other_types_are_refused(name: Any) -> None:
    with pytest.raises(ValueError, match="is no type of numbers"):
        NumberType(name).type()
