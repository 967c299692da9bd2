"""A cell means here what it means in Jupyter: IPython's own transformer is the oracle.

Meanings are compared, not texts: what IPython makes a call of ``get_ipython()`` is no statement here, the
value that such a call gives to a name is None, and all else is the same syntax tree. Both agree on whether a
cell parses and compiles, and on the line of what does not.
"""

from __future__ import annotations

import ast
import io
import keyword
import re
import sys
import tokenize
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from grader.source import parse_cell
from grader.source.magics import to_python
from tests.source.jupyter_cells import REPORTED, drawn

COUNT = 2_000
REFUSED = "does not parse"
_OLD = sys.version_info < (3, 12)


_BODY_IS_PYTHON = ("time", "timeit", "capture", "prun", "debug")


class _Meaning(ast.NodeTransformer):
    """Takes out statements that run nothing of the student's, and the values of magics."""

    def visit_Pass(self, node: ast.Pass) -> None:
        return None

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if _is_ipython(node.value) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return ast.Constant(None) if _is_ipython(node) else self.generic_visit(node)


def _is_ipython(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("get_ipython().")


def meaning(tree: ast.Module) -> str:
    return ast.dump(_Meaning().visit(tree))


def transformed(cell: str) -> str:
    manager = TransformerManager()  # type: ignore[no-untyped-call]
    return str(manager.transform_cell(cell))


def jupyter_tree(cell: str) -> ast.Module:
    """What Jupyter runs for a cell; SyntaxError where it runs nothing."""
    tree = ast.parse(transformed(cell))
    match tree.body:
        case [ast.Expr(ast.Call(ast.Attribute(attr="run_cell_magic"), arguments))]:
            name, line, body = map(ast.literal_eval, arguments)
            if name not in _BODY_IS_PYTHON:
                return ast.Module([], [])
            tree = jupyter_tree(body)
            words = [word for word in line.split() if not word.startswith("-")] if name == "capture" else []
            if len(words) == 1 and words[0].isidentifier() and not keyword.iskeyword(words[0]):
                tree.body.insert(0, ast.parse(f"{words[0]} = None").body[0])
    return tree


def jupyter(cell: str) -> str:
    try:
        return meaning(jupyter_tree(cell))
    except (SyntaxError, ValueError, RuntimeError):
        return REFUSED


def ours(cell: str) -> str:
    try:
        return meaning(ast.parse(to_python(cell) + "\n"))
    except (SyntaxError, ValueError):
        return REFUSED


class Exempt(NamedTuple):
    """Where a cell means something else here than in Jupyter, on purpose."""

    reason: str
    cell: str
    python: str
    """What the cell is here; empty where it is refused."""
    applies: Callable[[str], object] = bool
    """To which of the drawn cells, which then are not compared."""
    where: bool = True
    """On this Python. Until 3.11 the tokenizer, and IPython with it, reads on after an error."""


EXEMPT = (
    Exempt(
        "a bracket is open at the end",
        "print(np.sum?",
        "print(np.sum?",
        lambda cell: jupyter(cell) != jupyter(cell.rstrip("\n") + "\n\n"),
        where=_OLD,
    ),
    Exempt(
        "a stray backslash before the help request",
        "a\\b?",
        "a\\b?",
        re.compile(r"\\(?!\n)(?s:.*)\?$", re.M).search,
        where=_OLD,
    ),
    Exempt(
        "a quote without an end before the help request",
        "'what?",
        "'what?",
        re.compile(r"['\"].*\?$", re.M).search,
        where=_OLD,
    ),
    Exempt(
        "another error of the tokenizer before the help request",
        "x = 1_ + y?",
        "pass",
        lambda cell: re.search(r"\?$", cell, re.M) and not is_tokenized(cell),
        where=not _OLD,
    ),
    Exempt(
        "a string keeps its prompts; IPython strips them where the quotes do not begin the line (PR 15386)",
        "text = '''\n>>> 1\n'''",
        "text = '''\n>>> 1\n'''",
        re.compile(r"= *[rf]?(?:'''|\"\"\").*\n>>>").search,
    ),
    Exempt(
        "a docstring keeps its prompts; IPython counts the quotes of a command before it",
        '!echo \'\'\'\ndef f():\n    """\n    >>> 1\n    """',
        'pass\ndef f():\n    """\n    >>> 1\n    """',
        re.compile(r"[!%].*(?:'''|\"\"\")(?s:.*)>>>").search,
    ),
    Exempt(
        "a call of a call without parentheses: each would take a pass",
        ",;f",
        ';f("")',
        re.compile(r"^[ \t]*[,;/][,;/]", re.M).search,
    ),
    Exempt(
        "a bracket in a magic opens nothing; IPython drops all lines up to the help request that it sees",
        "!echo (\nx = 1\ny = a) b?",
        "pass\nx = 1\npass",
        re.compile(r"^[ \t]*[!%].*[(\[{][^)\]}\n]*$(?s:.*)\?$", re.M).search,
    ),
    Exempt("a form feed ends no line", "!ls\fx = 1", "pass", re.compile("[\f\v]").search),
    Exempt(
        "more than 20 cell magics are on top of each other: each takes a pass",
        "%%time\n" * 25 + "x = 1",
        "",
        re.compile(r"^(?:%%time\n){20}").search,
    ),
)
"""IPython also gives up after 500 magics, each of which costs it a pass over the cell."""


def is_exempt(cell: str) -> bool:
    return any(exempt.applies(cell) for exempt in EXEMPT if exempt.where)


def is_tokenized(cell: str) -> bool:
    """Whether the tokenizer comes to the end of what IPython makes of a cell."""
    try:
        return all(tokenize.generate_tokens(io.StringIO(transformed(cell)).readline))
    except (tokenize.TokenError, SyntaxError):
        return False


@cache
def cells() -> tuple[str, ...]:
    """What is compared: 2,000 cells, and those of the reports."""
    kept = [cell for cell in drawn(COUNT + COUNT // 5, seed=14) if not is_exempt(cell)]
    return (*REPORTED.values(), *kept[:COUNT])


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the compiler thinks of the cells, `"a"?` and the like
        yield


def test_two_thousand_cells_mean_what_they_mean_in_jupyter() -> None:
    compared = cells()

    different = [cell for cell in compared if ours(cell) != jupyter(cell)]

    assert len(compared) >= COUNT
    assert different == []
    assert 0.4 < sum(ours(cell) != REFUSED for cell in compared) / len(compared) < 0.8


def test_lines_are_kept_and_python_stays_python() -> None:
    for cell in cells():
        python = to_python(cell)
        assert python.count("\n") == cell.count("\n"), cell
        if ours(cell) != REFUSED:
            assert ours(python) == ours(cell), cell


def jupyter_problem(cell: str) -> int | None:
    """The line that Jupyter refuses, 0 for none; None where it counts other lines than the cell has."""
    try:
        python = transformed(cell)
    except SyntaxError:
        return None
    lines = cell.count("\n") + (not cell.endswith("\n"))
    if python.count("\n") != lines or "run_cell_magic" in python or cell[:1].isspace():
        return None
    try:
        for node in ast.parse(python).body:
            compile(
                ast.Module([node], []), "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
            )
    except SyntaxError as error:
        # IPython reads no further than what it cannot change, and Python then names a magic after it.
        return None if re.search(r"^\s*[?!%,;/]", python, re.M) else error.lineno
    return 0


def test_what_does_not_compile_in_jupyter_is_a_problem_of_the_same_line() -> None:
    expected = {cell: line for cell in cells() if (line := jupyter_problem(cell)) is not None}

    problems = {cell: parse_cell(cell).problem for cell in expected}

    lines = {
        cell: int(problem.split(":")[0].split()[1]) if problem else 0 for cell, problem in problems.items()
    }
    assert {cell: (lines[cell], line) for cell, line in expected.items() if lines[cell] != line} == {}
    assert len(expected) > COUNT / 2
    assert sum(line > 0 for line in expected.values()) > COUNT / 5


@pytest.mark.parametrize("exempt", EXEMPT, ids=lambda exempt: exempt.reason)
def test_what_is_exempt_differs(exempt: Exempt) -> None:
    assert exempt.applies(exempt.cell) or not exempt.where
    assert (ours(exempt.cell) != jupyter(exempt.cell)) is exempt.where
    if exempt.python:
        assert to_python(exempt.cell) == exempt.python
    else:
        assert ours(exempt.cell) == REFUSED
