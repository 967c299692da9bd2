"""Each statement of a cell by itself: where it says that it stands, what holds after it, what cannot be."""

from __future__ import annotations

import marshal
from typing import Any

import pytest

from grader.source import compile_chunk, compile_statement, definitions, texts
from grader.source.statements import execute

CELL = "import math\n\n@staticmethod\ndef f(x):\n    return x\n\na = 1; b = math.pi\nassert a\n"


def run(source: str, *positions: int, flags: int = 0) -> tuple[dict[str, Any], int]:
    namespace: dict[str, Any] = {}
    for text in texts(source, positions):
        code, flags = compile_statement(text, "<cell 1>", flags)
        execute(code, namespace)
    return namespace, flags


def test_the_chosen_statements_run_one_by_one() -> None:
    namespace, flags = run(CELL, 0, 1, 3)
    assert flags == 0
    assert namespace["b"] > 3
    assert "a" not in namespace
    function = namespace["f"].__func__
    assert (function.__code__.co_filename, function.__code__.co_firstlineno) == ("<cell 1>", 3)


def test_a_statement_is_cut_at_its_own_characters() -> None:
    cell = 'é = "ä"; ö = """1\n  2"""; ü = (3,\n4)\n# a remark\n@ \\\n staticmethod\ndef f(): pass\n'
    assert texts(cell, range(4)) == (
        (1, 'é = "ä"'),
        (1, 'ö = """1\n  2"""'),
        (2, "ü = (3,\n4)"),
        (4, "# a remark\n@ \\\n staticmethod\ndef f(): pass"),
    )
    namespace, _ = run(cell, 0, 1, 2, 3)
    assert (namespace["ö"], namespace["ü"]) == ("1\n  2", (3, 4))


def test_an_error_names_the_line_of_the_cell() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        run("x = 1\n\ny = (x\n     / 0)\n", 0, 1)
    assert caught.traceback[-1].lineno + 1 == 3


def test_assertions_are_kept_whatever_this_interpreter_does_with_its_own() -> None:
    with pytest.raises(AssertionError):
        run("assert False", 0)


def test_annotations_are_text_before_and_after_their_future_import() -> None:
    source = "def f(x: list): pass\nx = 1\nfrom __future__ import annotations\ndef g(x: Absent): pass"
    namespace, flags = run(source, 0, 1, 2, 3)
    assert namespace["f"].__annotations__ == {"x": "list"}
    assert namespace["g"].__annotations__ == {"x": "Absent"}
    assert flags == 0


AWAITED = """
class Now:
    def __await__(self):
        yield from (None,) * 3
        return 7

x = await Now()
async with Manager() as y: pass
z = [await Now() for _ in range(2)]
"""


def test_a_statement_may_wait_at_the_top_level() -> None:
    manager = """class Manager:
    async def __aenter__(self): return await Now()
    async def __aexit__(self, *problem): pass
"""
    namespace, _ = run(manager + AWAITED, 0, 1, 2, 3, 4)
    assert (namespace["x"], namespace["y"], namespace["z"]) == (7, 7, [7, 7])


def test_what_needs_an_event_loop_says_so() -> None:
    with pytest.raises(RuntimeError, match="event loop, and there is none here"):
        run("class Later:\n    def __await__(self): yield 1\nawait Later()", 0, 1)
    with pytest.raises(RuntimeError, match="no running event loop"):
        run("import asyncio\nawait asyncio.sleep(1)", 0, 1)
    with pytest.raises(ZeroDivisionError):
        run("async def f(): return 1 / 0\nawait f()", 0, 1)


def test_what_is_given_is_compiled_once() -> None:
    codes, flags = compile_chunk(CELL + "y = '\\d'\n", (0, 1, 5), "<given cell 1>")
    namespace: dict[str, Any] = {}
    for code in codes:
        exec(marshal.loads(code), namespace)
    assert namespace["y"] == "\\d"  # and a warning is nobody's news
    assert namespace["f"].__func__.__code__.co_firstlineno == 3
    assert compile_chunk(CELL + "y = '\\d'\n", (0, 1, 5), "<given cell 1>")[0] is codes
    assert flags == 0


def test_a_future_import_of_the_instructor_holds_for_what_is_given_after_it() -> None:
    first, flags = compile_chunk("x = 1\nfrom __future__ import annotations", (0, 1), "<given cell 1>")
    second, after = compile_chunk("def f(x: Absent): pass", (0,), "<given cell 2>", flags)
    assert (len(first), after) == (2, flags)
    namespace: dict[str, Any] = {}
    exec(marshal.loads(second[0]), namespace)
    assert namespace["f"].__annotations__ == {"x": "Absent"}


def test_a_cell_that_does_not_parse_has_no_statements() -> None:
    assert texts("x = (", (0,)) == ()
    assert definitions("x = (", (0,)) == ()


def test_definitions_are_told_apart() -> None:
    assert definitions(CELL, (0, 1, 2, 3)) == (0, 1)
