"""A notebook file → cells, or a plain reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.intake.bounds import MAX_NOTEBOOK
from grader.intake.errors import UnreadableError
from grader.intake.notebook import read_notebook


def document(*cells: dict[str, Any], **more: Any) -> bytes:
    return json.dumps(
        {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}
    ).encode()


def code(source: Any, **marks: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {"grader": marks} if marks else {},
        "source": source,
        "outputs": [],
    }


def test_cells_roles_and_stamp_are_read() -> None:
    data = document(
        code(["x = 1\n", "y = 2"], role="answer", questions=["affine_forward"]),
        {"cell_type": "markdown", "source": "text", "metadata": {}},
        metadata={"grader": {"assignment": "two_layer_net", "version": "1.0"}},
    )
    notebook = read_notebook(data)
    assert notebook.stamp is not None
    assert (notebook.stamp.assignment, notebook.stamp.version) == ("two_layer_net", "1.0")
    first, second = notebook.cells
    assert (first.source, first.role, first.questions) == ("x = 1\ny = 2", "answer", ("affine_forward",))
    assert (second.kind, second.role, second.label) == ("markdown", "free", "cell 2")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b'{"cells": [', "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b"[]", "not a notebook"),
        (b"3", "not a notebook"),
        (document(nbformat=3), "format 3"),
        (document(nbformat=None), "format unknown"),
        (document(nbformat=5), "format 5"),
        (document(nbformat="4"), "format 4; format 4 is needed"),
        (document(nbformat=True), "format True"),
        (document(nbformat=[[]]), "format unknown"),
        (document(nbformat="\u202e3"), r"format \\u202e3"),
        (b'{"nbformat": ' + b"[" * 900 + b"]" * 900 + b"}", "format unknown|nested"),
        (document().replace(b'"cells": []', b'"cells": {}'), "no list of cells"),
        (b'{"nbformat": 4, "cells": ' + b"9" * 1_000_000 + b"}", "damaged"),
        (document().decode().encode("utf-16"), "damaged"),
        (json.dumps({"nbformat": 4}).encode(), "no list of cells"),
        (b"[" * 200_000, "nested|damaged"),
        (b" " * (MAX_NOTEBOOK + 1) + b"x", "MB"),
        (document(*[code("")] * 2_001), "2001 cells"),
    ],
)
def test_what_is_no_notebook_gets_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_notebook(data)


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "source": 5},
        {"cell_type": "code", "source": [1, "x = 1"], "metadata": None},
        {"cell_type": "raw", "source": "x"},
        {"source": "x"},
        "cell",
        None,
        code("x = 1", role=["answer"], questions="affine_forward"),
        code("x = 1", role="owner", name=7),
        code("x = 1", role="answer", questions=["f"] * 100_000),
        code("x = 1", role="answer", questions=[[[]], None, 7, "f" * 1_000_000]),
        code({"x": "y"}),
        code(["x", ["y"], None, 3, {"a": 1}]),
        {"cell_type": ["code"], "source": "x"},
        {"cell_type": "code"},
    ],
)
def test_odd_cells_never_stop_the_reading(cell: Any) -> None:
    notebook = read_notebook(document(cell, code("y = 2")))
    assert notebook.cells[-1].source == "y = 2"


def test_a_byte_order_mark_is_no_damage() -> None:
    assert read_notebook(b"\xef\xbb\xbf" + document(code("x"))).cells[0].source == "x"


def test_marks_that_are_no_text_are_none() -> None:
    deep: list[Any] = []
    for _ in range(400):
        deep = [deep]
    (cell,) = read_notebook(document(code("x = 1", role="answer", name=deep, questions=[deep, "f"]))).cells
    assert (cell.name, cell.questions) == ("", ("", "f"))


def test_numbers_that_json_does_not_know_are_no_damage() -> None:
    data = document(code("x = 1")).replace(b'"metadata": {}', b'"metadata": {"a": NaN, "b": -Infinity}', 1)
    assert read_notebook(data).cells[0].source == "x = 1"


def test_of_a_key_that_is_there_twice_the_last_counts() -> None:
    data = document(code("x = 1")).replace(b'"source":', b'"source": "y = 2", "source":')
    assert read_notebook(data).cells[0].source == "x = 1"
