"""What mutants start from: golden submissions, and the notebooks of all assignments, blank and filled in."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from grader.course import load_assignment
from grader.course.narrative import Edition
from grader.course.release import notebook
from tests.fuzz.worker import QUESTIONS
from tests.goldens import ASSIGNMENTS, COURSE, goldens, write

Tree = dict[bytes, bytes]
"""Files by their path. The empty path: it is a single file, and no folder."""
ASSIGNMENT = ASSIGNMENTS[0]
EDITIONS: tuple[Edition, ...] = ("released", "filled")
_ORDINARY = 0.15
"""The share of mutants that start from an assignment's own notebook, filled in or not."""
_MOST = 400_000
"""Bytes of a seed: what is larger was made to be refused, and costs the time of twenty others."""


@cache
def _edition(assignment: str, edition: Edition) -> str:
    """An assignment's notebook; the released one is at hand, as another test makes sure."""
    released = COURSE / "assignments" / assignment / f"{assignment}.ipynb"
    return (
        released.read_text(encoding="utf-8")
        if edition == "released"
        else notebook(COURSE, assignment, edition)
    )


@cache
def notebooks() -> tuple[bytes, ...]:
    """The first assignment's notebook: as students get it, and as they should hand it in, training apart."""
    return tuple(_untrained(_edition(ASSIGNMENT, edition).encode()) for edition in EDITIONS)


@cache
def module() -> bytes:
    """All right answers, as one module."""
    solutions = load_assignment(COURSE, ASSIGNMENT).solutions
    whole = [source for name, source in solutions.items() if "." not in name]
    return "\n\n".join(["import numpy as np", *whole]).encode()


@cache
def corpus() -> Sequence[tuple[str, Tree]]:
    """(name, files) of every seed, in order."""
    found: list[tuple[str, Tree]] = []
    for assignment in ASSIGNMENTS:
        for edition in EDITIONS:
            text = _edition(assignment, edition).encode()
            found.append((f"{assignment}_{edition}", {b"": _untrained(text)}))
    found.append(("module", {b"": module()}))
    found.append(("tree", {b"cs231n/__init__.py": b"", b"cs231n/layers.py": module(), b"README.txt": b"Hi"}))
    with tempfile.TemporaryDirectory() as folder:
        for golden in goldens():
            if golden.assignment != ASSIGNMENT:  # what is wrong with it is not asked for
                continue
            files = _read(write(golden, Path(folder)))
            tree = {path: _untrained(_shortened(data)) for path, data in files.items()}
            waits = golden.name.startswith("loop_")  # whatever is done to it, for a deadline
            if 0 < sum(map(len, tree.values())) <= _MOST and not waits:
                found.append((golden.name, tree))
    return found


def seed(random: Random) -> tuple[str, Tree]:
    """A random seed: the name of what it is, and its files."""
    seeds = corpus()
    return random.choice(seeds[: 2 + 6]) if random.random() < _ORDINARY else random.choice(seeds)


@cache
def _texts() -> frozenset[str]:
    """What all golden notebooks have and nobody asks for: explanations, trials, other questions' answers."""
    cells = json.loads(_edition(ASSIGNMENT, "filled"))["cells"]
    marked = [(cell["metadata"].get("grader", {}), "".join(cell["source"])) for cell in cells]
    return frozenset(source for marks, source in marked if not _is_asked(marks))


def _is_asked(marks: dict[str, Any]) -> bool:
    if marks.get("role") in ("answer", "written"):
        return bool({*QUESTIONS} & {*marks.get("questions", ())})
    return marks.get("role") in ("locked", "given")


def _shortened(data: bytes) -> bytes:
    """A golden notebook without what is the same in all of them: most of it."""
    try:
        document = json.loads(data)
        cells = [cell for cell in document["cells"] if "".join(cell["source"]) not in _texts()]
        return json.dumps({**document, "cells": cells}).encode()
    except (ValueError, TypeError, KeyError):  # a module, or a notebook that is broken to begin with
        return data


def _untrained(data: bytes) -> bytes:
    """A submission in which nobody has chosen hyperparameters: training would take all of the time."""
    return data.replace(b"hyperparameters = {", b"hyperparameters = {} and {")


def _read(path: Path) -> Tree:
    if path.is_file():
        return {b"": path.read_bytes()}
    return {
        str(file.relative_to(path)).encode(): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }
