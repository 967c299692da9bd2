"""One cell's source → statements."""

from __future__ import annotations

import ast
import contextlib
import time

import pytest

from grader.source import (
    MAX_SOURCE,
    MAX_TOKENS,
    NotLiteralError,
    assigned_literal,
    bound_names,
    cells,
    count_tokens,
    keep,
    parse_cell,
    same_code,
)


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
        ("a," * MAX_TOKENS, "words, signs and lines"),
        ("\n" * (MAX_TOKENS + 1), "words, signs and lines"),
        ("class A: a = 1\n" * 2_001, "functions"),
        ("rows = 0 if True   # no else needed?", "line 1: expected 'else'"),
        ("x = 1\ny = f(x)?", "line 2"),
        ("x = 1\n\ny = x = !ls", "line 3"),
        ("%%time\n\nx = (", "line 3"),
        ("\n\n  x = 1\n   y = 2", "line 4"),
        (",f" + " a" * 90_000, "larger"),
        ("%%time\n" * 50, "does not parse"),
        ("x = 1\nreturn x", "line 2: 'return' outside function"),
        ("def f(x, x): return 1", "line 1: duplicate argument 'x'"),
        ("import " + "a." * 99_000 + "a", "line 1: a dotted name of more than 100 parts"),
        ("x = 1\nimport " + "a . \\\n" * 101 + "a", "line 2: a dotted name of more than 100 parts"),
        ("import " + "\u2118." * 30_000 + "a", "dotted name"),
        ("x = 1\ny = " + "-" * 250 + "x", "line 2: it is nested more than 200 deep"),
        ("if x: pass\n" + "elif x: pass\n" * 250, "nested more than 200 deep"),
        ("x = " + "lambda: " * 60 + "1", "functions and classes are nested more than 50 deep"),
        ("class " + "a" * 300 + ": __b = 1", "name of a class"),
        ("def f():\n" + "".join(f" a{n} = 1\n" for n in range(9_000)) + " lambda: 0\n" * 1_000, "9001 names"),
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


def test_any_number_of_magics_is_one_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    parses: list[str] = []
    plain = ast.parse

    def counted(text: str, *more: str) -> ast.AST:
        parses.append(text)
        return plain(text, *more)

    source = "x = 1\n" + "!pip install numpy\ny = 2\n%time\nt = !ls\nnp.sum?\n" * 1_000 + "if x:\n    !ls\n"

    with monkeypatch.context() as patch:
        patch.setattr(ast, "parse", counted)
        parsed = parse_cell(source)

    assert parsed.tree is not None, parsed.problem
    assert len(parsed.tree.body) == 5_002
    assert len(parses) == 1


def test_lines_that_only_look_like_magics_stay() -> None:
    source = "!ls\n%cd\ny = (7\n% 4)\ntext = '''\n!x\n%y\n'''"
    assert parse_cell(source).source == source.replace("!ls", "pass").replace("%cd", "pass")


@pytest.mark.parametrize(
    "source",
    [
        "\n" * 90_000 + "(",
        "x = 1\n" + " " * 200_000 + "?",
        "a?" + " " * 200_000 + "b",
        "raise " * 15_000 + "(",
    ],
    ids=range(4),
)
def test_blanks_are_not_tried_in_every_division(source: str) -> None:
    started = time.process_time()
    assert parse_cell(source).problem
    assert time.process_time() - started < 3  # quadratic, the first of them takes two minutes


def test_trees_are_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_cache", {})
    monkeypatch.setattr(cells, "_cached_tokens", 0)
    first = parse_cell("x = 1")
    assert parse_cell("x = 1") is first
    for number in range(5):
        parse_cell(f"y = {number}\n" + "\n" * 90_000)
    assert len(cells._cache) == 1
    assert parse_cell("x = 1") is not first


def test_tokens_are_counted_without_parsing() -> None:
    assert count_tokens("x = f(1.5, y)  # why\n") == 11


@pytest.mark.parametrize("times", [90, 190, 400, 900, 1_900, 2_900, 40_000])
@pytest.mark.parametrize(
    ("head", "piece", "tail"),
    [
        ("", "-", "1"),
        ("", "not ", "1"),
        ("a", ".b", ""),
        ("a", "()", ""),
        ("a", "[0]", ""),
        ("a", "+a", ""),
        ("a", "**a", ""),
        ("a", "<a", ""),
        ("", "lambda: ", "1"),
        ("", "1 if a else ", "1"),
        ("", "(", ")"),
        ("", "[", "]"),
        ("", "{1:", "}"),
        ("", "[a for a in ", "]"),
        ("f'", "{a:", "}'"),
        ("", "(y:=", "1)"),
        ("1\nif a: pass\n", "elif a: pass\n", ""),
        ("1\n", "@a\n", "def f(): pass"),
    ],
)
def test_source_of_any_depth_is_a_tree_or_a_reason(head: str, piece: str, tail: str, times: int) -> None:
    tree = parse_cell(f"x = {head}{piece * times}{tail[:1] * times if tail in ')]}' else tail}").tree
    if tree is not None:
        assert keep([tree], ["x"])[0]
        assert "x" in bound_names(tree)
        same_code(tree.body[0], tree.body[-1])
        with contextlib.suppress(NotLiteralError):
            assigned_literal([tree], "x")
