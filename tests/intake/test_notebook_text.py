"""Outputs and attached pictures are cut out of a notebook before it is parsed; nothing else is."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from grader.intake.errors import UnreadableError
from grader.intake.notebook import read_notebook
from grader.intake.notebook_text import without_outputs


def document(*cells: dict[str, Any]) -> bytes:
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": list(cells)}).encode()


def code(source: str, **fields: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], **fields}


def test_outputs_of_cells_go_and_nothing_else() -> None:
    source = 'x = {"outputs": [1, 2]}  # "attachments": {\\" '
    metadata = {"outputs": [1], "grader": {"role": "answer", "questions": ["f"]}}
    data = document(
        code(source, metadata=metadata, outputs=[{"text": ["]}", '"'], "data": {"a": [[1], {}]}}])
    )

    (cell,) = json.loads(without_outputs(data))["cells"]

    assert (cell["source"], cell["metadata"], cell["outputs"]) == (source, metadata, [])
    assert read_notebook(data).cells[0].questions == ("f",)


@pytest.mark.parametrize("space", ["", " ", "\n  "])
def test_spaces_and_orders_of_keys_do_not_matter(space: str) -> None:
    cell = f'{{"outputs"{space}:{space}[{{"data": "x"}}], "source": ["a = 1"], "cell_type": "code"}}'
    data = f'{{"cells": [{cell}], "nbformat": 4}}'.encode()

    assert json.loads(without_outputs(data))["cells"][0]["outputs"] == []
    assert read_notebook(data).cells[0].source == "a = 1"


def test_an_attachment_is_shown_where_the_text_does_not() -> None:
    picture = {"p.jpg": {"image/jpeg": "/9j/4AA"}, "q é.png": {"image/png": "iVBO", "text/plain": ["x"]}}
    shown = {"cell_type": "markdown", "source": "see ![p](attachment:p.jpg)", "attachments": picture}
    hidden = {"cell_type": "markdown", "source": ["My answer"], "attachments": picture}

    first, second = read_notebook(document(shown, hidden)).cells

    assert first.source == "see ![p](attachment:p.jpg)"
    assert second.source == "My answer\n\n![p.jpg](attachment:p.jpg)\n![q é.png](attachment:q é.png)"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"cells": [{"outputs": [',
        b'"outputs": ]]]',
        b'{"cells": [{"outputs": 3}]}',
        b'"' + b'\\"' * 9,
    ],
)
def test_what_is_no_notebook_comes_back_as_it_is(data: bytes) -> None:
    assert without_outputs(data) == data


@pytest.mark.parametrize(
    "data", [b'{"cells": [' + b"[]," * (1 << 20), b'"a' * (2 << 20), b"[" * (2 << 20)], ids=range(3)
)
def test_values_without_end_are_given_up(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="more than 1000000 values"):
        without_outputs(data)


def test_an_unfinished_text_is_read_once() -> None:
    start = time.thread_time()
    without_outputs(b'"' + b'\\"' * (4 << 20))
    assert time.thread_time() - start < 10
