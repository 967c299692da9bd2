"""A student's bundle: the public cases with their keys, in the sandbox's own wire format. No answers.

It is what ``check`` reads on a laptop that holds no reference: NumPy alone can open it.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.assignment import Assignment
from grader.course.folder import CourseError
from grader.course.known import pack, unpack
from grader.course.rubric import Question
from grader.model import Case, Check, Ref, Step
from grader.sandbox.programs import TAGS, tagged, untagged
from grader.sandbox.wire import WireError, decode, encode

FORMAT = 3
_MAGIC = b"gradient-grader cases\n"


def write_bundle(assignment: Assignment) -> bytes:
    """An assignment's public side as bytes."""
    value = {
        "format": FORMAT,
        "name": assignment.name,
        "title": assignment.title,
        "version": assignment.version,
        "questions": [_pack_question(question) for question in assignment.questions],
        "cases": [_pack_case(case) for case in assignment.public],
        "hidden": dict(assignment.hidden_counts),
        "stubs": dict(assignment.stubs),
        "locked": assignment.locked,
        "digests": {
            q.name: dict(assignment.digests.get(q.name, {})) for q in assignment.questions if q.revealed
        },
        "provided": assignment.provided,
        "known": pack(assignment.known),
    }
    return _MAGIC + zlib.compress(bytes(encode(tagged(value, _as_it_is))), 9)


def read_bundle(path: Path) -> Assignment:
    """The assignment in a bundle. Raises CourseError when the file is not one."""
    try:
        data = path.read_bytes()
        if not data.startswith(_MAGIC):
            raise CourseError(f"{path} is not a bundle of cases; download it again from the course")
        value = untagged(decode(zlib.decompress(data[len(_MAGIC) :])), TAGS)
        if value["format"] != FORMAT:
            raise CourseError(f"{path} was made by another version of the grader; update gradient-grader")
        return Assignment(
            name=value["name"],
            title=value["title"],
            version=value["version"],
            questions=tuple(Question(**{**q, "needs": tuple(q["needs"])}) for q in value["questions"]),
            public=tuple(_unpack_case(case) for case in value["cases"]),
            hidden_counts=value["hidden"],
            stubs=value["stubs"],
            locked=tuple(value["locked"]),
            digests=value["digests"],
            provided=tuple(value["provided"]),
            known_source=lambda: unpack(value["known"]),
        )
    except (zlib.error, WireError, KeyError, TypeError) as error:
        raise CourseError(f"{path} is damaged ({error}); download it again from the course") from error


def _as_it_is(array: Any) -> Any:
    return array


def _pack_question(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "title": question.title,
        "kind": question.kind,
        "points": {part: float(points) for part, points in question.points.items()},
        "needs": question.needs,
        "definition": question.definition,
        "reading": question.reading,
        "revealed": question.revealed,
        "literal": question.literal,
    }


def _pack_case(case: Case) -> dict[str, Any]:
    return {
        "question": case.question,
        "label": case.label,
        "rung": case.rung,
        "seed": case.seed,
        "inputs": case.inputs,
        "input_names": case.input_names,
        "steps": [(s.operation, s.name, s.target, s.args, s.kwargs, s.parameters) for s in case.steps],
        "keep": case.keep,
        "key": tuple(_key(case, ref, value) for ref, value in zip(case.keep, case.key, strict=True)),
        "checks": [(check.kind, check.outputs, check.options) for check in case.checks],
        "deadline": float(case.deadline),
        "watch": case.watch,
    }


def _unpack_case(value: dict[str, Any]) -> Case:
    return Case(
        hidden=False,
        steps=tuple(Step(*step) for step in value.pop("steps")),
        checks=tuple(Check(*check) for check in value.pop("checks")),
        **value,
    )


def _key(case: Case, ref: Ref, value: Any) -> Any:
    """A key's value; where only a distribution is judged, its shape is enough (and compresses to nothing)."""
    kinds = {check.kind for check in case.checks if ref in check.outputs.values()} - {"unchanged"}
    return np.zeros_like(value) if kinds in ({"initialisation"}, {"dropout"}) else value
