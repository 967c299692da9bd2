"""A course's other assignments, by their released notebooks: what each asks for, and what it gives."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course.folder import assignments
from grader.source import defined_names, parse_cell


@dataclass(frozen=True, slots=True)
class OtherAssignment:
    """Names by which another assignment's work is known."""

    asked: frozenset[str]
    """Questions, and what their cells define."""
    given: frozenset[str]
    """What its given cells define."""


def other_assignments(course: Path, name: str) -> dict[str, OtherAssignment]:
    """The other assignments of a course; those without a notebook that can be read are left out."""
    others: dict[str, OtherAssignment] = {}
    for other in assignments(course):
        path = course / "assignments" / other / f"{other}.ipynb"
        if other != name and path.is_file():
            try:
                others[other] = _read(json.loads(path.read_text(encoding="utf-8"))["cells"])
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue  # nothing of another assignment may cost this one anything
    return others


def names_asked_for(stubs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Questions, and what their cells define; of pairs of a question and its cell's source."""
    names: set[str] = set()
    for question, source in stubs:
        names |= {question} | _defined(source)
    return frozenset(names)


def _read(cells: list[dict[str, Any]]) -> OtherAssignment:
    marks = [(cell["metadata"].get("grader", {}), "".join(cell["source"])) for cell in cells]
    asked = [(question, source) for mark, source in marks for question in mark.get("questions", ())]
    given = [_defined(source) for mark, source in marks if mark.get("role") in ("locked", "given")]
    return OtherAssignment(names_asked_for(asked), frozenset().union(*given))


def _defined(source: str) -> frozenset[str]:
    tree = parse_cell(source).tree
    return defined_names(tree) if tree is not None else frozenset()
