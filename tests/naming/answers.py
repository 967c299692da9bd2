"""Answers that the naming of mistakes is tried on, written without a look at the catalogue.

``wrong/`` holds answers with one mistake each, as students make them; ``two/`` some with two at once;
``unknown/`` wrong ones that a catalogue should not know; ``right/`` right ones. Each is in a style of its
own; its docstring says what is wrong, and gives its question and assignment. ``labels.toml`` says, of each
wrong answer, which mistake of the catalogue it is by the words of both; "none" where the catalogue has no
such mistake, and of two at once no entry that tells both. ``members/`` holds further ones, of entries that
were in view when they were written: they are tests, and count in no share.
"""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from grader.checks import judge_case
from grader.course import CourseAssignment
from grader.diagnosis import name_of
from grader.model import Case, CaseResult
from grader.model.statuses import PASSING
from grader.sandbox import LocalSession

FOLDER = Path(__file__).resolve().parent
Kind = Literal["known", "unknown", "right"]


@dataclass(frozen=True)
class Answer:
    """One answer; ``label`` is the due name of a known mistake, and empty otherwise."""

    path: Path
    kind: Kind
    label: str
    says: str
    question: str
    assignment: str

    @property
    def two_at_once(self) -> bool:
        """Whether two things are wrong with it."""
        return self.path.parent.name == "two"


@dataclass(frozen=True)
class Ran:
    """What an answer gave on the public cases of its question, and whether a scored outcome fails."""

    answer: Answer
    cases: list[Case]
    results: list[CaseResult]
    fails: bool

    def name(self, assignment: CourseAssignment) -> str:
        """The id of the mistake by which the grader names it; empty for none, and for what does not fail."""
        if not self.fails:
            return ""
        finding = name_of(self.answer.question, self.cases, self.results, assignment.known_answers)
        return "" if finding is None else finding.mistake


def answers() -> list[Answer]:
    """All of them, in the order of their numbers. Raises KeyError for a wrong one without a label."""
    labels = _labels(FOLDER)
    found = [Answer(path, "right", "", *_said(path)) for path in _files("right")]
    labelled = {path: labels.pop(path.stem) for folder in ("wrong", "two") for path in _files(folder)}
    labelled |= {path: labels.pop(path.stem, "none") for path in _files("unknown")}
    found += [_labelled(path, label) for path, label in labelled.items()]
    if labels:
        raise ValueError(f"labels without an answer: {', '.join(labels)}")
    return found


def members() -> list[Answer]:
    """Those that were written with the catalogue in view. Raises KeyError for one without a label."""
    labels = _labels(FOLDER / "members")
    return [_labelled(path, labels[path.stem]) for path in _files("members")]


def run(answer: Answer, assignment: CourseAssignment) -> Ran:
    """Run an answer, with the reference's for all that it does not define itself."""
    namespace: dict[str, Any] = dict(assignment.reference or {})
    source = answer.path.read_text(encoding="utf-8")
    exec(compile(source, f"<{answer.path.stem}>", "exec"), namespace)
    session = LocalSession(namespace)
    cases = [case for case in assignment.public if case.question == answer.question]
    results = list(session.run(cases))
    fails = any(
        outcome.scored and outcome.status not in PASSING
        for case, result in zip(cases, results, strict=True)
        for outcome in judge_case(_scored(case), result, session.evaluate)
    )
    return Ran(answer, cases, results, fails)


def _scored(case: Case) -> Case:
    """Without the gradient checks that decide nothing: measuring takes most of the time."""
    deciding = [check for check in case.checks if check.kind != "gradient" or check.options["scores"]]
    return replace(case, checks=tuple(deciding))


def _labels(folder: Path) -> dict[str, str]:
    return tomllib.loads((folder / "labels.toml").read_text(encoding="utf-8"))


def _labelled(path: Path, label: str) -> Answer:
    if label == "none":
        return Answer(path, "unknown", "", *_said(path))
    return Answer(path, "known", label, *_said(path))


def _files(folder: str) -> list[Path]:
    return sorted((FOLDER / folder).glob("*.py"))


def _said(path: Path) -> tuple[str, str, str]:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    says, question, assignment = docstring.splitlines()
    return says, question.removeprefix("question: "), assignment.removeprefix("assignment: ")
