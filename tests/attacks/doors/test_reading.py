"""Attacks on the grader's reading: what is handed in is never compiled, and is read within bounds."""

from __future__ import annotations

import ast
import builtins
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.intake import find_submissions, read_submission
from grader.model.reasons import LeftOut, Unreadable
from tests.intake.archives import CODE, NOTEBOOK, put, zipped

_SECONDS, _MEMORY = 20, 1 << 30
_READ = """
import sys
from pathlib import Path
from grader.intake import read_submission
submission = read_submission(Path(sys.argv[1]), ("f",))
print(ascii((submission.problem, submission.notes))[:1000])
"""


def finallys(depth: int) -> str:
    """A ``try`` inside each ``finally``: the compiler writes the inner ones twice at every level."""
    levels = range(depth)
    return "".join(f"{' ' * n}try: pass\n{' ' * n}finally:\n" for n in levels) + " " * depth + "pass\n"


def returns(count: int) -> str:
    """Returns beside a long ``finally``: the compiler writes all of it at every return."""
    return "def g():\n try:\n" + "  if x: return\n" * count + " finally:\n" + "  x()\n" * count


SOURCES = {
    "a try in each finally": finallys(20),
    "returns times finallys": returns(4_000),
    "an import of 99,000 parts": "import " + "a." * 99_000 + "a\n",
    "an import of parts that are no letters": "import " + "\u2118." * 45_000 + "a\n",
    "private names in a class of a long name": "class " + "a" * 100_000 + ":\n" + " __b = 1\n" * 9_000,
    "names times scopes": "def g():\n" + "".join(f" a{n}=1\n" for n in range(20_000)) + " lambda:0\n" * 1_900,
    "scopes in scopes": "def g():\n"
    + "".join(f" a{n}=1\n" for n in range(20_000))
    + " "
    + "lambda:" * 150
    + "0\n",
    "a magic on every second line": "!ls\nxxxxxxxxxxxxxxxxx = 1\n" * 4_500,
    "cells of one line each": "#%%\nx\n" * 35_000,
}


@pytest.mark.parametrize("name", SOURCES)
def test_hostile_source_costs_seconds_and_megabytes(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / "a.py", (SOURCES[name] + "def f(): return 1\n").encode())

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))

    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)],
        capture_output=True,
        text=True,
        preexec_fn=limited,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )

    assert done.returncode == 0, done.stderr[-400:]
    assert "MemoryError" not in done.stdout


def test_source_is_not_compiled_where_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.py", b"def f():\n return 'never compiled'\n")
    plain = builtins.compile

    def parse_only(source: Any, filename: str, mode: str, flags: int = 0, *more: Any, **named: Any) -> Any:
        assert flags & ast.PyCF_ONLY_AST
        return plain(source, filename, mode, flags, *more, **named)

    monkeypatch.setattr(builtins, "compile", parse_only)
    assert read_submission(path, ("f",)).problem is None


@pytest.mark.parametrize(
    "coding", ["punycode", "idna", "utf-7", "rot13", "zip", "bz2", "hex", "uu", "raw_unicode_escape"]
)
def test_a_coding_line_chooses_among_what_editors_write(tmp_path: Path, coding: str) -> None:
    path = put(tmp_path / "a.py", f"# coding: {coding}\n".encode() + b"x" * 200_000)
    assert read_submission(path).problem == LeftOut("a.py", "encoding")


@pytest.mark.parametrize("note", ["else?", "why True?", "is this right ?"])
def test_a_question_in_a_comment_hides_no_syntax_error(tmp_path: Path, note: str) -> None:
    cell = f"def f(x):\n    y = 0 if x   # {note}\n    return y\n"
    document = {
        "nbformat": 4,
        "metadata": {},
        "cells": [{"cell_type": "code", "source": cell, "metadata": {}}],
    }
    submission = read_submission(put(tmp_path / "a.ipynb", json.dumps(document).encode()), ("f",))
    assert submission.cells[0].problem.startswith("line 2: expected 'else'")


def test_20001_files_of_one_student_cost_the_class_nothing(tmp_path: Path) -> None:
    files = {f"bob/{number}": b"" for number in range(20_001)}
    place = put(tmp_path / "class.zip", zipped({"ann/hw.ipynb": NOTEBOOK, **files, "cem.py": CODE}))
    ann, bob, cem = (read_submission(path, ("f",)) for path in find_submissions(place))
    assert (ann.problem, cem.problem) == (None, None)
    assert isinstance(bob.problem, Unreadable)
    assert "more than 20000 files" in bob.problem.reason
