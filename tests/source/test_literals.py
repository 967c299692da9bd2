"""Literals are read, never run."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from grader.source import NotLiteralError, assigned_literal


def read(source: str) -> Any:
    return assigned_literal([ast.parse(source)], "x")


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x = 1e-3", 1e-3),
        ("x = -2", -2),
        ("x = 2 ** -3", 0.125),
        ("x = 32 * 32 * 3", 3072),
        ("x = {'a': (1, 2), 'b': [None, True]}", {"a": (1, 2), "b": [None, True]}),
        ("x = dict(a=1, b='c')", {"a": 1, "b": "c"}),
        ("x = 1\nx = 2", 2),
        ("x: dict = {'a': 1}", {"a": 1}),
    ],
)
def test_plain_values(source: str, value: Any) -> None:
    assert read(source) == value


@pytest.mark.parametrize(
    "source",
    [
        "x = open('/etc/passwd')",
        "x = 9 ** 9 ** 9",
        "x = 'a' * 10 ** 9",
        "x = [1] * 10",
        "x = {**y}",
        "x = y",
        "x = " + "-" * 900 + "1",
        "x = a" + ".b" * 900,
        "x = a" + "+1" * 900,
        "x = 0x" + "f" * 50_000,
        "x = {'a': 0x" + "f" * 50_000 + "}",
        "x = f(0x" + "f" * 50_000 + ")",
        "x = 10 ** 13",
        "x = 1\nx |= 0x" + "f" * 50_000,
        "x = 1 / 0",
        "x = -'a'",
        "x = (-8) ** 0.5",
        "x = 10 ** 50",
        "x = f'{1}'",
        "x = b'a'",
    ],
)
def test_what_must_be_run_is_refused(source: str) -> None:
    with pytest.raises(NotLiteralError):
        read(source)


def test_a_missing_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        read("y = 1")
