"""Automatic mutants: a fixed list of operators, each change once, none of them the original."""

from __future__ import annotations

import ast

import pytest

from grader.source.mutants import mutants

SUM = "out.sum(axis=0, keepdims=True)"
SOURCE = '''
def f(x, w, b=0.5):
    """A docstring is left alone."""
    out = x @ w + b
    if out > 1:
        out = -out.sum(axis=0, keepdims=True)
    return out
'''


def changes(operator: str) -> set[str]:
    return {f"{m.before} → {m.after}" for m in mutants(SOURCE) if m.operator == operator}


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        (
            "arithmetic",
            {"x @ w + b → x @ w - b", "-out.sum(axis=0, keepdims=True) → +out.sum(axis=0, keepdims=True)"},
        ),
        ("comparison", {"out > 1 → out >= 1"}),
        ("axis", {"axis=0 → axis=1", "keepdims=True → keepdims=False"}),
        (
            "missing statement",
            {"out = x @ w + b → nothing", "out = -out.sum(axis=0, keepdims=True) → nothing"},
        ),
    ],
)
def test_each_operator_changes_what_it_says(operator: str, expected: set[str]) -> None:
    assert changes(operator) == expected


def test_constants_and_names_move_to_the_next() -> None:
    assert {"0.5 → 1.0", "1 → 2"} <= changes("constants")
    assert {"x → b", "w → x", "b → out"} <= changes("swapped names")


def test_every_mutant_is_another_program_and_none_the_original() -> None:
    made = [m.source for m in mutants(SOURCE)]
    assert len(set(made)) == len(made)
    assert ast.unparse(ast.parse(SOURCE)) not in made
    for source in made:
        compile(source, "<mutant>", "exec")


def test_the_same_source_gives_the_same_mutants() -> None:
    assert [m.id for m in mutants(SOURCE)] == [m.id for m in mutants(SOURCE)]
