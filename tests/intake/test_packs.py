"""Packs of evidence: read within bounds, and the submission in one is held to those of any other."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from grader.intake import read_submission
from grader.intake.bounds import MAX_CELLS, MAX_STATEMENTS
from grader.intake.errors import UnreadableError
from grader.intake.packs import MAX_PACK, read_pack
from grader.model import Cell, EvidencePack, Module, QuestionReport, Submission, to_json
from grader.source import MAX_SOURCE

ANSWER = QuestionReport("relu_forward", "ReLU", "code", "failed", 0.0, 2.0)
SUBMISSION = Submission(
    "ann", "0" * 64, cells=(Cell("cell 1", "code", "x = 1\n"),), modules=(Module("a.b", "y = 1\n"),)
)


def written(path: Path, **changes: Any) -> Path:
    """A right pack, but for some fields of its JSON: ``submission__cells`` is inside the submission."""
    record = json.loads(to_json(EvidencePack("0.1", "two_layer_net", "1.0", SUBMISSION, ANSWER, 7)))
    for name, value in changes.items():
        *outer, last = name.split("__")
        inner = record
        for key in outer:
            inner = inner[key]
        inner[last] = value
    path.write_text(json.dumps(record))
    return path


def cells(*sources: str, **fields: Any) -> list[dict[str, Any]]:
    return [{"label": "cell", "kind": "code", "source": source, **fields} for source in sources]


def test_a_pack_is_read_as_it_was_written(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path / "ann.pack"))

    assert pack == EvidencePack("0.1", "two_layer_net", "1.0", SUBMISSION, ANSWER, 7)


def test_every_submission_that_is_read_can_be_packed(tmp_path: Path) -> None:
    tree = tmp_path / "eve‮ \x1b[2J"
    (tree / "My HW 1" / "cs231n").mkdir(parents=True)
    (tree / "My HW 1" / "cs231n" / "layers.py").write_text("def f(x):\n    return x\n")
    (tree / "My HW 1" / "net.py").write_text("from cs231n.layers import *\nprint 1\n")
    (tree / "a\nb.ipynb").write_text("{")
    submission = read_submission(tree, ("f",))
    path = tmp_path / "eve.pack"
    path.write_bytes(to_json(EvidencePack("0.1", "two_layer_net", "1.0", submission, ANSWER)))

    assert read_pack(path).submission == submission


def test_what_a_pack_says_of_a_cell_is_not_believed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pack", submission__cells=cells("def (", problem=""))

    assert read_pack(path).submission.cells[0].problem


NOTE = {"kind": "cell_left_out", "cell": "cell 1", "error": "line 1"}
LARGE = [{"name": f"a{i}", "source": "b" * 250_000 + str(i)} for i in range(5)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"hidden_seed": -1}, "hidden seed"),
        ({"hidden_seed": 1 << 63}, "hidden seed"),
        ({"hidden_seed": 1 << 200}, "hidden seed|range"),
        ({"hidden_seed": 1.5}, "hidden_seed"),
        ({"hidden_seed": True}, "hidden_seed"),
        ({"hidden_seed": "7"}, "hidden_seed"),
        ({"hidden_seed": {"$float": []}}, "float"),
        ({"assignment": "../../etc"}, "assignment"),
        ({"assignment": "a" * 81}, "assignment"),
        ({"assignment": ""}, "assignment"),
        ({"version": "1\x1b[2J"}, "version"),
        ({"grader": "\u202e"}, "grader"),
        ({"grader": None}, "grader"),
        ({"submission": None}, "submission"),
        ({"submission": []}, "submission"),
        ({"answer": {}}, "answer"),
        ({"submission__id": "a\nb"}, "id"),
        ({"submission__id": "a" * 101}, "id"),
        ({"submission__hash": "../x"}, "hash"),
        ({"submission__stamp": {"assignment": "a" * 81, "version": ""}}, "stamp"),
        ({"submission__notes": [NOTE] * 1_000}, "notes"),
        ({"submission__notes": ["x"]}, "notes"),
        ({"submission__notes": [{**NOTE, "cell": 1}]}, "cell"),
        ({"submission__problem": {**NOTE, "error": "x" * 5_000}}, "notes"),
        ({"submission__problem": {"kind": "x" * 5_000}}, "notes"),
        ({"submission__cells": [1]}, "cells"),
        ({"submission__cells": cells("x", label="\x1b[2J")}, "label"),
        ({"submission__cells": cells("x", label="a" * 201)}, "label"),
        ({"submission__cells": cells("x", label="")}, "label"),
        ({"submission__cells": cells("x", role="owner")}, "role"),
        ({"submission__cells": cells("x", questions=["q"] * 21)}, "marks"),
        ({"submission__cells": cells("x", name="q" * 81)}, "marks"),
        ({"submission__cells": cells(*["x"] * (MAX_CELLS + 1))}, "cells"),
        ({"submission__cells": cells("x\n" * MAX_STATEMENTS, "y\n")}, "statements"),
        ({"submission__cells": cells("a" * (MAX_SOURCE // 2), "b" * (MAX_SOURCE // 2 + 1))}, "source code"),
        ({"submission__cells": cells("a" * (6 << 20), kind="markdown")}, "MB"),
        ({"submission__modules": [{"name": "a/../b", "source": ""}]}, "module"),
        ({"submission__modules": [{"name": "a..b", "source": ""}]}, "module"),
        ({"submission__modules": [{"name": "", "source": ""}]}, "module"),
        ({"submission__modules": [{"name": "a" * 2_000, "source": ""}]}, "module"),
        ({"submission__modules": [{"name": "a", "source": ""}] * 2}, "one name"),
        ({"submission__modules": [{"name": f"a{i}", "source": ""} for i in range(9_000)]}, "modules"),
        ({"submission__modules": LARGE}, "source code"),
    ],
)
def test_a_pack_that_was_never_written_is_refused(
    changes: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.pack", **changes)

    with pytest.raises(UnreadableError, match=reason):
        read_pack(path)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[" * 300_000, b"\xff", b"PK\x03\x04", b"9" * 5_000, b"\0" * 100]
)
def test_what_is_no_pack_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pack"
    path.write_bytes(data)

    with pytest.raises(UnreadableError, match=r"that this version can read|more values"):
        read_pack(path)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pack"
    with path.open("wb") as file:
        file.truncate(4 << 30)  # sparse: it takes no room
    tracemalloc.start()

    with pytest.raises(UnreadableError, match="larger"):
        read_pack(path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * MAX_PACK


def test_many_small_values_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pack"
    path.write_bytes(b"[" + b"[]," * 5_000_000 + b"0]")
    tracemalloc.start()

    with pytest.raises(UnreadableError, match="more values"):
        read_pack(path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 << 20


def test_a_pipe_a_link_and_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pack")
    (tmp_path / "link.pack").symlink_to(written(tmp_path / "a.pack"))

    for path in (tmp_path / "pipe.pack", tmp_path / "link.pack", tmp_path, tmp_path / "none", Path("a\0b")):
        with pytest.raises(UnreadableError, match=r"^it "):
            read_pack(path)
