"""What the compiler refuses and the parser does not is told as the compiler tells it, without compiling."""

from __future__ import annotations

import ast
import re

import pytest

from grader.source import parse_cell, parse_module
from grader.source.misplaced import find_misplaced


def blocks(count: int) -> str:
    return "".join(" " * n + "while 1:\n" for n in range(count)) + " " * count + "pass"


def compiled(source: str) -> str:
    """What the compiler itself says of a module, spelled as all Pythons spell it."""
    try:
        compile(source, "<cell>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    return ""


def compiled_by_statement(source: str) -> str:
    """What Jupyter says of a cell: it compiles each statement by itself, and lets it wait."""
    for node in ast.parse(source).body:
        try:
            module = ast.Module([node], [])
            compile(module, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
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
    "async with x: pass", "class A: await x", "class A:\n async with x: pass", "lambda: await x",
    "(await x for x in y)", "[await x for x in y]", "[[await z for z in x] for x in y]",
    "class A: [await x for x in y]", "[lambda: await x for x in y]", "def f(a=await x): pass",
    "@(await x)\ndef f(): pass", "class A(await x): pass", "def f(): return [x async for x in y]",
    "if 1: await x\nelse:\n async for x in y: pass", "if x:\n from __future__ import division",
    "with x:\n from __future__ import division", "x = 1\nif x:\n from __future__ import division",
    "x = 1\nglobal x", "x = 1\n\n\ndef f(x, x): pass\nglobal x", "print(x)\nglobal x\nreturn",
    "await x\nyield y", "x = 1\nfrom __future__ import annotations, division\nawait x\nreturn",
    "def f():\n x = 1; global x\nreturn", "return\ndef f(x, x): pass", "@f\n\ndef f(x, x): pass\nglobal f",
    "from __future__ import nothing", "x = 1\nfrom __future__ import nothing",
]  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_what_the_compiler_says_of_a_module_is_said_without_it(source: str) -> None:
    assert parse_module(source).problem == compiled(source)


@pytest.mark.parametrize("source", SOURCES)
def test_what_jupyter_says_of_a_cell_is_said_without_compiling(source: str) -> None:
    assert parse_cell(source).problem == compiled_by_statement(source)


def test_a_module_has_a_tree_where_a_cell_has_one_and_python_agrees() -> None:
    assert parse_module("x = 1").tree is parse_cell("x = 1").tree is not None
    assert parse_cell("await x").tree is not None
    assert parse_module("await x").tree is None


@pytest.mark.parametrize("jump", ["break", "continue", "return"])
def test_a_jump_out_of_a_starred_handler_is_refused(jump: str) -> None:
    source = f"def f():\n while 1:\n  try: pass\n  except* A: {jump}"
    wrong = find_misplaced(ast.parse(source))
    assert wrong is not None
    assert re.fullmatch(r"'break', 'continue' and 'return' cannot appear in an 'except\*' block", wrong[1])
    assert wrong[0] == 4


def test_blocks_are_nested_as_deep_as_any_python_lets_them() -> None:
    assert "too many statically nested blocks" in parse_cell(blocks(22)).problem
