"""Answers that the naming of mistakes is tried on: written by hand, without a look at the catalogue.

``wrong/`` holds answers with one mistake each, ``unknown/`` wrong ones that no catalogue should know, and
``right/`` right ones, each in a style of its own. A file's docstring says what is wrong, and gives the
question and the assignment. ``labels.toml`` says, of each wrong answer, which mistake of the catalogue it is
by its words; "none" where there is no such mistake.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from grader.checks import judge_case
from grader.course import Assignment, Question, load_assignment
from grader.diagnosis import named
from grader.grading.score import PASSING
from grader.model import Case, CaseResult
from grader.sandbox import LocalSession

COURSE = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(__file__).resolve().parent
Load = Callable[[str], Assignment]


@dataclass(frozen=True)
class Answer:
    """One answer. ``label`` is the due name, empty where there is none to give."""

    path: Path
    kind: str
    says: str
    question: str
    assignment: str
    label: str

    @cached_property
    def source(self) -> str:
        """What was handed in."""
        return self.path.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Ran:
    """What an answer gave on the public cases of its question; how many scored outcomes do not pass."""

    question: Question
    cases: list[Case]
    results: list[CaseResult]
    failing: int

    def name(self, assignment: Assignment) -> str:
        """The id of the mistake that it is known to be; empty for none."""
        finding = named(self.question.name, self.cases, self.results, assignment.known)
        return "" if finding is None else str(finding.data["mistake"])


def answers() -> list[Answer]:
    """All of them, in the order of their numbers."""
    labels = tomllib.loads((FOLDER / "labels.toml").read_text(encoding="utf-8"))
    found = []
    for kind in ("wrong", "unknown", "right"):
        for path in sorted((FOLDER / kind).glob("*.py")):
            says, question, assignment = _docstring(path)
            label = labels[path.stem] if kind == "wrong" else "none"
            if label == "none":
                kind_now, label = ("unknown" if kind == "wrong" else kind), ""
            else:
                kind_now = kind
            found.append(Answer(path, kind_now, says, question, assignment, label))
    return found


@cache
def loaded(name: str) -> Assignment:
    """An assignment, recorded once."""
    return load_assignment(COURSE, name)


def run(answer: Answer, assignment: Assignment) -> Ran:
    """Run an answer on the public cases of its question, over the reference's other definitions."""
    question = assignment.question(answer.question)
    namespace: dict[str, Any] = dict(assignment.reference or {})
    exec(compile(answer.source, f"<{answer.path.stem}>", "exec"), namespace)
    session = LocalSession(namespace)
    cases = [case for case in assignment.public if case.question == question.name]
    results = list(session.run(cases))
    failing = sum(
        outcome.scored and outcome.status not in PASSING
        for case, result in zip(cases, results, strict=True)
        for check in case.checks
        if check.kind != "gradient" or check.options["scores"]  # the others decide nothing, and are slow
        for outcome in judge_case(_with_check(case, check), result, session.evaluate)
    )
    return Ran(question, cases, results, failing)


def _with_check(case: Case, check: Any) -> Case:
    from dataclasses import replace

    return replace(case, checks=(check,))


def _docstring(path: Path) -> tuple[str, str, str]:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    says, question, assignment = said.splitlines()[:3]
    return says, question.removeprefix("question: "), assignment.removeprefix("assignment: ")
