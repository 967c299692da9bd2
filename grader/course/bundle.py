"""A student's bundle: the public cases with their keys, in the sandbox's own wire format. No answers.

It is what ``check`` reads on a laptop that holds no reference: NumPy alone can open it. A bundle is data:
it is bounded before it is decompressed, nothing in it is evaluated, and every field is read as what it has to
be (``fields``, ``case_fields``, ``check_fields``), so that a damaged or forged one ends in a CourseError.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import numpy as np

from grader import toolkit
from grader.checks import kind_of, own_kind_names
from grader.course.assignment import PublicAssignment, public_side
from grader.course.case_fields import anything, read_case
from grader.course.files import read_file
from grader.course.folder import CourseError
from grader.course.known_answers import pack, unpack
from grader.course.rubric import Question
from grader.model import Case, Check, Ref
from grader.model.fields import (
    FieldError,
    boolean,
    choice,
    dotted,
    entries,
    identifier,
    integer,
    items,
    line,
    name,
    number,
    optional,
    prose,
    record,
)
from grader.sandbox.programs import tag_references
from grader.sandbox.wire import decode, encode

FORMAT = 6
MAX_BUNDLE = 16 << 20
"""Bytes of a bundle's file: forty times the largest of the three assignments."""
MAX_INFLATED = 64 << 20
"""Bytes of what it holds, decompressed."""
_FIELDS = (
    "format",
    "name",
    "title",
    "version",
    "questions",
    "cases",
    "hidden",
    "stubs",
    "locked",
    "digests",
    "provided",
    "imports",
    "narrative",
    "files",
    "known",
)
_QUESTION = (
    "name",
    "title",
    "kind",
    "points",
    "needs",
    "definition",
    "reading",
    "revealed",
    "literal",
    "identity_given",
)
_MAGIC = b"gradient-grader cases\n"


def write_bundle(assignment: PublicAssignment) -> bytes:
    """An assignment's public side as bytes."""
    value = {
        "format": FORMAT,
        "name": assignment.name,
        "title": assignment.title,
        "version": assignment.version,
        "questions": [_pack_question(question) for question in assignment.questions],
        "cases": [_pack_case(case) for case in assignment.public if _checks(case)],
        "hidden": dict(assignment.hidden_counts),
        "stubs": dict(assignment.stubs),
        "locked": assignment.locked_cells,
        "digests": {name: dict(digests) for name, digests in public_side(assignment).digests.items()},
        "provided": assignment.provided_names,
        "imports": assignment.imports,
        "narrative": assignment.narrative,
        "files": dict(assignment.files),
        "known": pack(assignment.known_answers),
    }
    return _MAGIC + zlib.compress(bytes(encode(tag_references(value, lambda array: array))), 9)


def read_bundle(path: Path) -> PublicAssignment:
    """The assignment in a bundle. Raises CourseError, with what is wrong and where, for any other file."""
    return parse_bundle(path, bundle_data(path))


def bundle_data(path: Path) -> bytes:
    """The bytes of a bundle, which have a hash. Raises CourseError where they cannot be read."""
    try:
        return read_file(path, MAX_BUNDLE)
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read ({error.strerror or error}); download it again from the course"
        ) from error
    except ValueError as error:
        raise CourseError(f"{path} is damaged ({error}); download it again from the course") from error


def parse_bundle(path: Path, data: bytes) -> PublicAssignment:
    """The assignment in the bytes of a bundle that were read from ``path``."""
    if not data.startswith(_MAGIC):
        raise CourseError(f"{path} is not a bundle of cases; download it again from the course")
    try:
        value = decode(_inflate(memoryview(data)[len(_MAGIC) :]))
        if type(value) is not dict or type(value.get("format")) is not int:
            raise FieldError("it has no number of its format")
        if value["format"] != FORMAT:
            raise CourseError(f"{path} was made by another version of the grader; update gradient-grader")
        return _read(value)
    except (zlib.error, ValueError) as error:  # WireError, FieldError
        raise CourseError(f"{path} is damaged ({error}); download it again from the course") from error


def _inflate(data: memoryview) -> bytes:
    """What was compressed, of at most MAX_INFLATED bytes: never more than that is held."""
    stream = zlib.decompressobj()
    inflated = stream.decompress(data, MAX_INFLATED + 1)
    if len(inflated) > MAX_INFLATED:
        raise FieldError(f"it holds more than {MAX_INFLATED >> 20} MB")
    if not stream.eof:
        raise FieldError("it is cut off")
    if stream.unused_data or stream.unconsumed_tail:
        raise FieldError("something follows its end")
    return inflated


def _read(value: dict[str, Any]) -> PublicAssignment:
    plain = record(value, "the bundle", _FIELDS)
    questions = items(_question, least=1)(plain["questions"], "questions")
    kinds = {question.name: question.kind for question in questions}
    if len(kinds) != len(questions):
        raise FieldError("questions has two of one name")
    for i, question in enumerate(questions):
        for need in question.needs:
            choice(*kinds)(need, f"questions[{i}].needs")
    public = items(read_case)(plain["cases"], "cases")
    for i, case in enumerate(public):
        if kinds.get(case.question) != "code":
            raise FieldError(f"cases[{i}].question is {case.question!r:.40}, which is not answered by code")
    digests = entries(choice(*kinds), entries(name, line))(plain["digests"], "digests")
    for literal, hashes in digests.items():
        if kinds[literal] == "literal" and not hashes:
            raise FieldError(f"digests[{literal!r:.40}] is empty")
    known_answers = unpack(entries(choice(*kinds), anything)(plain["known"], "known"))
    return PublicAssignment(
        name=name(plain["name"], "name"),
        title=line(plain["title"], "title"),
        version=line(plain["version"], "version"),
        questions=questions,
        public=public,
        hidden_counts=entries(choice(*kinds), integer(0, 1_000_000))(plain["hidden"], "hidden"),
        stubs=entries(name, prose)(plain["stubs"], "stubs"),
        locked_cells=items(prose)(plain["locked"], "locked"),
        digests=digests,
        provided_names=items(choice(*toolkit.__all__))(plain["provided"], "provided"),
        imports=items(identifier)(plain["imports"], "imports"),
        narrative=items(line)(plain["narrative"], "narrative"),
        files=entries(name, line)(plain["files"], "files"),
        known_answers_source=lambda: known_answers,
    )


def _question(value: Any, where: str) -> Question:
    plain = record(value, where, _QUESTION)
    points = entries(name, number(0, 1e6))(plain["points"], f"{where}.points")
    if not points:
        raise FieldError(f"{where}.points is empty")
    return Question(
        name=name(plain["name"], f"{where}.name"),
        title=line(plain["title"], f"{where}.title"),
        kind=identifier(plain["kind"], f"{where}.kind"),
        points=points,
        needs=items(name)(plain["needs"], f"{where}.needs"),
        definition=optional(dotted)(plain["definition"], f"{where}.definition"),
        reading=line(plain["reading"], f"{where}.reading"),
        revealed=boolean(plain["revealed"], f"{where}.revealed"),
        literal=optional(identifier)(plain["literal"], f"{where}.literal"),
        identity_given=boolean(plain["identity_given"], f"{where}.identity_given"),
    )


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
        "identity_given": question.identity_given,
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
        "checks": [(check.kind, check.outputs, check.options) for check in _checks(case)],
        "deadline": float(case.deadline),
        "watch": case.watch,
        "sizes": case.sizes,
        "recipes": {str(index): recipe for index, recipe in case.recipes.items()},
    }


def _checks(case: Case) -> list[Check]:
    """The checks of a case that a laptop can make: of the grader's own kinds."""
    return [check for check in case.checks if check.kind in own_kind_names()]


def _key(case: Case, ref: Ref, value: Any) -> Any:
    """A key's value; where only a distribution is judged, its shape is enough (and compresses to nothing)."""
    kinds = [kind_of(check.kind) for check in case.checks if ref in check.outputs.values()]
    values = [kind for kind in kinds if not kind.judges_arguments]
    return np.zeros_like(value) if values and all(kind.random for kind in values) else value
