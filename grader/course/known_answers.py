"""Known answers: what each known mistake gives on an assignment's public cases, built once and kept.

Building runs every variant of the reference on the cases of its question, in sandboxed children, which takes
seconds; what comes out is small. It is kept in the course's ``.grader-cache`` under a hash of all that it
depends on, so that it is never stale; where nothing can be written it is built again.
"""

from __future__ import annotations

import contextlib
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import grader
from grader.checks.claims import claims_hold
from grader.checks.fingerprints import Fingerprint, content_hash, fingerprint
from grader.course.files import read_file
from grader.course.folder import CourseError
from grader.course.rubric import Question
from grader.course.variant_sessions import called_names, has_ended, variant_sessions
from grader.course.variants import ChangedModule, Variant, load_pairs, load_variants, with_variant
from grader.model import Case, CaseResult
from grader.model.fields import FieldError, entries, items, name, prose, record, refuse, row
from grader.model.formulas import FormulaError, parse_formula
from grader.sandbox import Sandbox
from grader.sandbox.wire import decode, encode

CACHE = ".grader-cache"
_ROOMS = ("model", "source", "sandbox", "toolkit", "checks", "course")
"""The rooms whose code decides what a known mistake gives."""
_MAX_KNOWN = 16 << 20
"""Bytes of a file of known answers; the largest of the three assignments has half a MB."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known mistake as it is told."""

    id: str
    says: str
    equation: str = ""
    read: str = ""
    second: str = ""
    """Where two are made at once: what the other one's sentence says."""
    holds: tuple[str, ...] = ()
    """What the sentence says, as formulas: see ``grader.checks.claims``."""


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """Mistakes and their fingerprints on the public cases, by question."""

    by_question: Mapping[str, tuple[tuple[Mistake, Fingerprint], ...]] = field(default_factory=dict)

    def matches(self, question: str, public: Sequence[tuple[Case, CaseResult]]) -> tuple[Mistake, ...]:
        """The mistakes that an answer may be, by what it gave: one, where the cases tell them apart.

        Its fingerprint on the public cases of a question agrees, and what the sentence says holds of it.
        """
        marks = self.by_question.get(question, ())
        own = fingerprint(public) if marks else None
        return tuple(
            mistake
            for mistake, mark in marks
            if own is not None and mark.agrees(own.words, own.numbers) and claims_hold(mistake.holds, public)
        )


def known_answers(
    course: Path,
    name: str,
    questions: Sequence[Question],
    public: Sequence[Case],
    modules: Sequence[types.ModuleType],
    reference: Mapping[str, Any],
) -> KnownAnswers:
    """The known answers of the assignment ``name``, from the cache where they are there."""
    place = course / CACHE / f"{name}-{_hash(course, name)}.known"
    try:
        return unpack(decode(read_file(place, _MAX_KNOWN)))
    except (OSError, ValueError):  # WireError and FieldError among them
        pass
    singles = load_variants(course, "mistakes")
    variants = (*singles, *load_pairs(course, singles))
    visible = [variant for variant in variants if variant.shows_in(name)]
    answers = build(visible, questions, public, modules, reference)
    try:
        place.parent.mkdir(exist_ok=True)
        written = place.with_suffix(".new")
        written.write_bytes(bytes(encode(pack(answers))))
        for stale in place.parent.glob(f"{name}-*.known"):
            stale.unlink(missing_ok=True)
        written.replace(place)
    except OSError:
        pass  # a course that cannot be written to: it is built again next time
    return answers


def build(
    variants: Sequence[Variant],
    questions: Sequence[Question],
    public: Sequence[Case],
    modules: Sequence[types.ModuleType],
    reference: Mapping[str, Any],
) -> KnownAnswers:
    """Run every variant on the public cases of its question.

    A variant is left out, and costs a class no other name, where its patch no longer applies, or where it
    cannot be loaded or comes to no end in time and memory: any answer that does the same would get its name.
    ``grader verify`` tells it.
    """
    graded = {question.name: question for question in questions if question.kind == "code"}
    asked = dict.fromkeys(variant.question for variant in variants if variant.question in graded)
    if not asked:
        return KnownAnswers()
    by_question = {}
    with Sandbox() as sandbox:
        for question in map(graded.__getitem__, asked):
            mine = [variant for variant in variants if variant.question == question.name]
            cases = [case for case in public if case.question == question.name]
            changes = _changes(mine, question.definition, modules)
            sessions = variant_sessions(sandbox, list(changes.values()), called_names(cases), reference)
            marks = []
            for variant, session in zip(changes, sessions, strict=True):
                results = list(session.run(cases))
                if not session.problems and all(map(has_ended, results)):
                    marks.append((_mistake(variant), fingerprint(zip(cases, results, strict=True))))
            if marks:
                by_question[question.name] = tuple(marks)
    return KnownAnswers(by_question)


def _changes(
    variants: Sequence[Variant], definition: str, modules: Sequence[types.ModuleType]
) -> dict[Variant, ChangedModule]:
    """What each variant makes of its module, of those that apply."""
    changes = {}
    for variant in variants:
        with contextlib.suppress(CourseError):
            changes[variant] = with_variant(variant, definition, modules)
    return changes


def _mistake(variant: Variant) -> Mistake:
    return Mistake(variant.id, variant.says, variant.equation, variant.read, variant.second, variant.holds)


def pack(known: KnownAnswers) -> dict[str, Any]:
    """Known answers as plain values."""
    return {
        question: {
            "mistakes": [
                (m.id, m.says, m.equation, m.read, m.second, m.holds, mark.words) for m, mark in marks
            ],
            "numbers": [mark.numbers for _, mark in marks],
            "tolerances": marks[0][1].tolerances,
        }
        for question, marks in known.by_question.items()
    }


def unpack(value: Any) -> KnownAnswers:
    """What ``pack`` made. Raises FieldError, a ValueError, for anything else."""
    return KnownAnswers(entries(name, _marks)(value, "known"))


def _marks(value: Any, where: str) -> tuple[tuple[Mistake, Fingerprint], ...]:
    """The mistakes of one question, with fingerprints of one length."""
    plain = record(value, where, ("mistakes", "numbers", "tolerances"))
    tolerances = _floats(plain["tolerances"], f"{where}.tolerances")
    if not np.all((tolerances >= 0) & (tolerances <= 1)):  # NaN is not
        raise FieldError(f"{where}.tolerances should lie between 0 and 1")
    numbers = items(_floats)(plain["numbers"], f"{where}.numbers")
    mistakes = row(plain["mistakes"], f"{where}.mistakes", len(numbers))
    marks = []
    for i, (mistake, values) in enumerate(zip(mistakes, numbers, strict=True)):
        at = f"{where}.mistakes[{i}]"
        identity, *texts, claims, words = row(mistake, at, 7)
        if values.shape != tolerances.shape:
            raise FieldError(f"{where}.numbers[{i}] and its tolerances differ in length")
        holds = tuple(items(_claim)(claims, at))
        says, equation, read, second = (prose(text, at) for text in texts)
        known = Mistake(name(identity, at), says, equation, read, second, holds)
        marks.append((known, Fingerprint(prose(words, at), values, tolerances)))
    return tuple(marks)


def _claim(value: Any, where: str) -> str:
    text = prose(value, where)
    try:
        parse_formula(text)
    except FormulaError as error:
        raise FieldError(f"{where} holds a claim that cannot be asked: {error}") from error
    return text


def _floats(value: Any, where: str) -> Any:
    if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype != np.float64:
        raise refuse(value, where, "a row of floats")
    return value


def _hash(course: Path, name: str) -> str:
    """Of all that the answers depend on: the course's sources and patches, and how this grader records."""
    package = Path(grader.__file__).parent
    files = [
        *sorted((course / "assignments").rglob("*.py")),
        *sorted((course / "reference").rglob("*.py")),
        *sorted((course / "reference" / "mistakes").glob("*.toml")),
        *(file for room in _ROOMS for file in sorted((package / room).rglob("*.py"))),
    ]
    return content_hash([name.encode(), np.__version__.encode(), *(path.read_bytes() for path in files)])
