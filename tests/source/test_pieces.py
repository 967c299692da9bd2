"""A file that does not parse loses only the statements that are wrong."""

from __future__ import annotations

import pytest

from grader.source import bound_names, parse_cell, parse_in_pieces, parse_module

GOOD = "import numpy as np\n\n\ndef good(x):\n    return x\n\n\n"
AFTER = "\n\ndef after(x):\n    return x\n"


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        ("def f(x):\n    print x.shape\n    return x\n", 9, "Python 2"),
        ("@np.vectorize\ndef f(x):\n    print 'a', x\n", 10, "Python 2"),
        ("def f(x):\n    try:\n        g()\n    except ValueError, e:\n        pass\n", 11, "Python 2"),
        ("def f(x):\n    y = (x + 1\n    return y\n", 9, "never closed"),
        ("def f(x):\n", 11, "expected an indented block"),
        ("for i in range(3):\nprint(i)\n", 9, "expected an indented block"),
        ("def f(x):\n    return x +\n", 9, "invalid syntax"),
        ("return 3\n", 8, "'return' outside function"),
        ('def f(x):\n    """A text\nthat begins at the left.\n"""\n    x = = 1\n', 12, "invalid syntax"),
        ("if True:\n    x = 1\nelse\n    x = 2\n", 10, "expected ':'"),
    ],
)
def test_only_the_wrong_statement_is_left_out(wrong: str, line: int, says: str) -> None:
    parsed, left_out = parse_in_pieces(GOOD + wrong + AFTER)
    assert parsed.tree is not None
    assert {"np", "good", "after"} <= bound_names(parsed.tree)
    assert "f" not in bound_names(parsed.tree)
    assert left_out[0].problem.startswith(f"line {line}")
    assert says in left_out[0].problem
    last = parsed.tree.body[-1]
    assert last.lineno == (GOOD + wrong + AFTER).split("\n").index("def after(x):") + 1
    assert parse_module(GOOD + wrong + AFTER).tree is not None


def test_several_are_left_out_and_too_many_leave_the_whole_file_out() -> None:
    parsed, left_out = parse_in_pieces(GOOD + "print 'a'\n" * 5 + AFTER)
    assert [piece.line for piece in left_out] == [8, 9, 10, 11, 12]
    assert parsed.tree is not None
    parsed, left_out = parse_in_pieces(GOOD + "print 'a'\n" * 200 + AFTER)
    assert (parsed.tree, left_out) == (None, ())


def test_a_file_of_nothing_else_has_no_tree() -> None:
    assert parse_module("print 'a'\n").tree is None
    assert parse_module("print 'a'\n").problem.startswith("line 1 is Python 2")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("x = \u201cB\u201d\n", 'a curly quote: type " instead'),
        ("x = 1\ny = \u2018B\u2019\n", "a curly quote: type ' instead"),
        ("x\u00a0= 1\n", "a non-breaking space"),
        ("if x:\n\u00a0\u00a0\u00a0\u00a0y = 1\n", "a non-breaking space"),
        ("x = 3 \u2212 1\n", "a dash that is no minus"),
        ("x = a \u00d7 b\n", "no multiplication"),
        ("x = 1\u200b\n", "cannot be seen"),
        ("f\uff08x\uff09\n", "a wide character"),
        ("if x:\n        y = 1\n\tz = 2\n", "tabs and spaces are mixed"),
    ],
)
def test_a_character_that_is_not_pythons_is_named(source: str, says: str) -> None:
    problem = parse_cell(source).problem
    assert problem.startswith("line ")
    assert says in problem
    assert "this line has" not in parse_cell("x = 'a \u201cquote\u201d' +\n").problem
