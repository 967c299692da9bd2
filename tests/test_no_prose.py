"""No room below ``messages`` makes sentences for people: a rule over their syntax trees.

A string of four words or more stands in a docstring, in a ``raise``, or in an argument called ``says``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "grader"
ROOMS = ("gradients", "intake", "sandbox", "checks", "course", "diagnosis", "grading")
MOST_WORDS = 3
EXEMPT = {
    ("checks/fingerprints.py", "_OPERANDS"),  # NumPy's messages, to be known by
    ("checks/fingerprints.py", "_SHAPES"),
    ("sandbox/mechanisms/system_calls.py", "ALLOWED"),  # a table of words
    ("sandbox/preloaded.py", "MODULES"),  # a table of words
    ("sandbox/syscalls.py", "_TABLE"),  # a table of words and numbers
    ("sandbox/warm_up.py", "_SAMPLE"),  # code
}
"""File and top-level name of strings that are no sentences, or become a ``raise`` elsewhere."""

ENGLISH = {ROOT / "gradients" / "explain.py", ROOT / "gradients" / "calls.py"}
"""The small English of ``gradients``, which people install for itself."""
FILES = sorted({path for room in ROOMS for path in (ROOT / room).rglob("*.py")} - ENGLISH)


def prose(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(top-level name, string) of every string of more than MOST_WORDS words that is not where it may be."""
    for statement in tree.body:
        allowed = {id(node) for node in _allowed(statement)}
        for node in ast.walk(statement):
            text = _text(node)
            if len(text.split()) > MOST_WORDS and id(node) not in allowed:
                yield _name(statement), text


def _allowed(statement: ast.stmt) -> Iterator[ast.AST]:
    """Docstrings, what is raised, what ``says``, and the pieces of an f-string, which counts as a whole."""
    if isinstance(statement, ast.Expr):
        yield statement.value
    for node in ast.walk(statement):
        match node:
            case ast.Raise() | ast.keyword(arg="says"):
                yield from ast.walk(node)
            case ast.JoinedStr():
                yield from node.values
            case ast.FunctionDef() | ast.ClassDef():
                yield from (line.value for line in node.body if isinstance(line, ast.Expr))


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _name(statement: ast.stmt) -> str:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement
    target = target.target if isinstance(target, ast.AnnAssign) else target
    return getattr(target, "id", "") or getattr(target, "name", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_sentence_is_made_below_messages(path: Path) -> None:
    file = path.relative_to(ROOT).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert [(name, text) for name, text in prose(tree) if (file, name) not in EXEMPT] == []


def test_each_exemption_is_needed() -> None:
    needed = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in FILES
        for name, _ in prose(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert needed == EXEMPT


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("x = 'one two three'", 0),
        ("x = 'one two three four'", 1),
        ("def f(n):\n    'a docstring of five words'\n    return f'{n} of {n} words'", 1),
        ("def f(n):\n    raise ValueError(f'{n} is not a number')", 0),
        ("mistake = kind('name', says='it is three times too large')", 0),
        ("x = 1\n'a docstring of a value'", 0),
    ],
)
def test_the_rule_sees_what_it_should(source: str, count: int) -> None:
    assert len(list(prose(ast.parse(source)))) == count
