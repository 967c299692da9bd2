"""What the compiler refuses and the parser does not is told as the compiler tells it, without compiling."""

from __future__ import annotations

import ast
import re

import pytest

from grader.source import parse_cell
from grader.source.misplaced import misplaced


def blocks(count: int) -> str:
    return "".join(" " * n + "while 1:\n" for n in range(count)) + " " * count + "pass"


def compiled(source: str) -> str:
    """What the compiler itself says, spelled as all Pythons spell it."""
    try:
        compile(source, "<cell>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    return ""


SOURCES = [
    "return 1", "class A: return 1", "def f(): return 1", "x = yield 1", "lambda: (yield)",
    "class A:\n x = yield", "await x", "def f(): await x", "async def f(): await x",
    "async def f(): yield from x", "async for a in b: pass", "def f():\n async with a: pass",
    "[a async for a in b]", "async def f(): return [a async for a in b]",
    "def f(): return (await a for a in b)", "break", "if 1: continue", "while 1: break",
    "for a in b:\n def f(): break", "for a in b:\n class f: continue", "for a in b: pass\nelse: break",
    "while 1:\n try: pass\n finally: continue", "while 1:\n lambda: 1\n continue",
    "match x:\n case 1: break", "while 1:\n match x:\n  case 1: break",
    "try: pass\nexcept: pass\nexcept A: pass", "try: pass\nexcept A: pass\nexcept: pass", "a, *b, *c = x",
    "*a, = x", "*a = x", "a, (*b, *c) = x", "for *a, *b in c: pass", "for *a in b: pass", "x = *a",
    "x = *a,", "*a", "def f(): return *a", "def f(): return *a, b", "print(*a, **b)", "class A(*b): pass",
    "a[*b]", "def f(*args: *Ts): pass", "{*a, *b}", "for x in *a, b: pass", "__debug__ = 1",
    "del __debug__", "def f(__debug__): pass", "match x:\n case [*a, *b]: pass",
    "match x:\n case a: pass\n case b: pass", "match x:\n case _: pass\n case b: pass",
    "match x:\n case a if 1: pass\n case b: pass", "'text'\nfrom __future__ import division",
    "x = 1\nfrom __future__ import division", "'text'\n'text'\nfrom __future__ import division",
    "from __future__ import braces", "def f():\n from __future__ import division", "def f(x, x): pass",
    "def f():\n x = 1\n global x", "nonlocal x", "def f():\n nonlocal x", "def f():\n from a import *",
    "[(i := 1) for i in x]", "while 1:\n try: pass\n except* A:\n  while 1: break",
    "@(yield)\ndef f(): pass", "def f(x=(yield)): pass", "def f():\n def g(x=(yield)): pass",
    "def f():\n return\nreturn", blocks(20),
]  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_what_the_compiler_says_is_said_without_it(source: str) -> None:
    assert parse_cell(source).problem == compiled(source)


@pytest.mark.parametrize("jump", ["break", "continue", "return"])
def test_a_jump_out_of_a_starred_handler_is_refused(jump: str) -> None:
    source = f"def f():\n while 1:\n  try: pass\n  except* A: {jump}"
    wrong = misplaced(ast.parse(source))
    assert wrong is not None
    assert re.fullmatch(r"'break', 'continue' and 'return' cannot appear in an 'except\*' block", wrong[1])
    assert wrong[0] == 4


def test_blocks_are_nested_as_deep_as_any_python_lets_them() -> None:
    assert "too many statically nested blocks" in parse_cell(blocks(22)).problem
