"""A report as what was decided in it, without its sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grader.course import CourseAssignment
from grader.course.folder import load_reference, load_rubric
from grader.course.variants import load_pairs, load_variants
from grader.model import Outcome, QuestionReport, Report
from grader.model.findings import values_of
from grader.model.reasons import KnownMistake
from grader.notebook.checker import judge
from tests.goldens import COURSE
from tests.implementations import implementation

FOLDER = Path(__file__).resolve().parent


def recorded(name: str) -> dict[str, Any]:
    """What was recorded: ``goldens`` or ``mistakes``."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def of_report(report: Report) -> dict[str, Any]:
    """The verdicts of a report, by question."""
    return {question.name: of_question(question) for question in report.questions}


def of_question(question: QuestionReport) -> dict[str, Any]:
    """Status, points, and what is wrong."""
    wrong: dict[str, list[str]] = {}
    for outcome in question.outcomes:
        if outcome.status not in ("passed", "kink"):
            case = f"hidden {outcome.case}" if outcome.hidden else outcome.case
            wrong.setdefault(_line(outcome), []).append(case)
    return {
        "status": question.status,
        "score": round(question.score, 6),
        "built on": [f"{name}: ours" for name in question.substitutes] + list(question.blocked_by),
        "wrong": {line: "; ".join(cases) for line, cases in wrong.items()},
    }


def _line(outcome: Outcome) -> str:
    """One outcome in a line: check, part, status, kinds, place, mistake."""
    kinds = [finding.kind for finding in outcome.findings]
    places = [str(values["places"]) for f in outcome.findings if "places" in (values := values_of(f))]
    named = [f.mistake for f in outcome.findings if isinstance(f, KnownMistake)]
    parts = (f"{outcome.check} {outcome.part}", outcome.status, *map(" ".join, (kinds, places, named)))
    return " | ".join(part for part in parts if part)


def of_mistakes(name: str, assignment: CourseAssignment) -> dict[str, Any]:
    """The verdict of ``check`` on every known mistake that shows in an assignment, at its own question."""
    modules = load_reference(COURSE, load_rubric(COURSE, name).reference)
    singles = load_variants(COURSE, "mistakes")
    own = {q.name: q for q in assignment.questions if q.kind == "code"}
    found = {}
    for variant in (*singles, *load_pairs(COURSE, singles)):
        if variant.question not in own or not variant.shows_in(name):
            continue
        question = own[variant.question]
        made = implementation(variant, question.definition, modules, assignment.reference)
        found[variant.id] = of_question(judge(question, assignment, made))
    return found
