"""One cell's source → statements."""

from __future__ import annotations

import ast

import pytest

from grader.source import MAX_SOURCE, parse_cell


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\nx = 1",
        "x = 1\n!pip install numpy",
        "x = 1\n?np.sum",
        "x = 1\nnp.sum?",
        "%%time\nx = 1",
        "%%timeit -n 3\nx = 1",
        "files = !ls\nx = 1",
        "t = %timeit -o f()\nx = 1",
        "try:\n    import grader\nexcept ImportError:\n    %pip install grader\nx = 1",
        "if True:\n    !echo hi\nx = 1",
        "x = 1\r\n%load_ext autoreload\r\n%autoreload 2",
    ],
)
def test_magics_neither_run_nor_break_a_cell(source: str) -> None:
    parsed = parse_cell(source)
    assert parsed.tree is not None, parsed.problem
    namespace: dict[str, object] = {"__builtins__": {"__import__": __import__, "ImportError": ImportError}}
    exec(compile(parsed.tree, "<cell>", "exec"), namespace)
    assert namespace["x"] == 1


def test_line_numbers_are_kept() -> None:
    parsed = parse_cell("%matplotlib inline\n\ndef f(): pass")
    assert parsed.tree is not None
    assert parsed.tree.body[-1].lineno == 3


def test_a_percent_inside_an_expression_is_not_a_magic() -> None:
    parsed = parse_cell('text = ("a"\n % 1)\nlong = """\n%matplotlib\n"""')
    assert parsed.tree is not None
    assert "%matplotlib" in parsed.source


def test_the_body_of_a_foreign_cell_magic_is_dropped() -> None:
    parsed = parse_cell("%%bash\nrm -rf /\necho $HOME")
    assert parsed.tree is not None
    assert parsed.tree.body == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("x = (", "line 1"),
        ('print "hello"', "Python 2"),
        ("raise ValueError, 'x'", "Python 2"),
        ("x" * (MAX_SOURCE + 1), "larger"),
        ("(" * 5000 + ")" * 5000, "line 1"),
        ("a\0b", ""),
    ],
)
def test_what_does_not_parse_says_why(source: str, reason: str) -> None:
    parsed = parse_cell(source)
    assert parsed.tree is None
    assert parsed.problem
    assert reason in parsed.problem


def test_an_empty_cell_is_an_empty_program() -> None:
    parsed = parse_cell("")
    assert isinstance(parsed.tree, ast.Module)
