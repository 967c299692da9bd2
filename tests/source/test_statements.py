"""Each statement of a cell by itself: where it says that it stands, what holds after it, what cannot be."""

from __future__ import annotations

import marshal
from types import CodeType
from typing import Any

import pytest

from grader.source import compiled, definitions

CELL = "import math\n\n@staticmethod\ndef f(x):\n    return x\n\na = 1; b = math.pi\nassert a\n"


def run(codes: tuple[bytes, ...]) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    for code in codes:
        exec(marshal.loads(code), namespace)
    return namespace


def test_the_chosen_statements_run_one_by_one() -> None:
    codes, flags = compiled(CELL, (0, 1, 3), "<cell 1>")
    namespace = run(codes)
    assert len(codes) == 3
    assert flags == 0
    assert namespace["b"] > 3
    assert "a" not in namespace
    function = namespace["f"].__func__
    assert (function.__code__.co_filename, function.__code__.co_firstlineno) == ("<cell 1>", 3)


def test_assertions_are_kept_whatever_this_interpreter_does_with_its_own() -> None:
    codes, _ = compiled("assert False", (0,), "<cell 1>")
    with pytest.raises(AssertionError):
        run(codes)


def test_a_future_import_holds_for_what_comes_after_it() -> None:
    (_, first), flags = compiled(
        "from __future__ import annotations\ndef f(x: Absent): pass", (0, 1), "<cell 1>"
    )
    (second,), after = compiled("def g(x: Absent): pass", (0,), "<cell 2>", flags)
    assert flags
    assert after == flags
    assert run((first, second))["g"].__annotations__ == {"x": "Absent"}
    (alone,), _ = compiled("def g(x: Absent): pass", (0,), "<cell 2>")
    with pytest.raises(NameError):
        run((alone,))


def test_what_cannot_be_packed_says_so_when_it_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    dumps = marshal.dumps

    def particular(code: CodeType) -> bytes:
        if "deep" in code.co_names:  # the parser refuses what is nested too deeply before marshal does
            raise ValueError("object too deeply nested to marshal")
        return dumps(code)

    monkeypatch.setattr("grader.source.statements.marshal.dumps", particular)
    codes, _ = compiled("x = 1\ndeep = 2", (0, 1), "<cell 1>")
    assert run(codes[:1])["x"] == 1
    with pytest.raises(ValueError, match="too deeply nested") as caught:
        run(codes[1:])
    assert (str(caught.traceback[-1].path), caught.traceback[-1].lineno) == ("<cell 1>", 1)  # from 0


def test_a_warning_is_nobodys_news() -> None:
    codes, _ = compiled("x = 1 is 1\ny = '\\d'", (0, 1), "<cell 1>")
    assert run(codes)["y"] == "\\d"


def test_a_cell_that_does_not_parse_has_no_statements() -> None:
    assert compiled("x = (", (0,), "<cell 1>", 7) == ((), 7)
    assert definitions("x = (", (0,)) == ()


def test_definitions_are_told_apart() -> None:
    assert definitions(CELL, (0, 1, 2, 3)) == (0, 1)
