"""One verdict: a notebook's card and a graded report say the same of every known mistake.

Each mistake is run once on the public cases of its question; both ways of judging then get the same recorded
results. Only checks that decide are asked: what explains a right answer does not change a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from grader.checks import decides
from grader.course import CourseAssignment, load_assignment
from grader.course.folder import load_reference, load_rubric
from grader.course.variants import Variant, load_pairs, load_variants
from grader.grading import grade
from grader.grading.kinds import code
from grader.grading.report import question_report
from grader.messages import headline
from grader.model import Case, CaseResult, Cell, Failure, QuestionReport, SandboxInfo, Submission
from grader.model.statuses import WRONG
from grader.notebook import Card
from grader.reporting import junit_xml, terminal_text
from grader.sandbox import Limits, LocalSession
from tests.goldens import ASSIGNMENTS, COURSE
from tests.implementations import implementation


class RecordedSession:
    """A session that gives results which were recorded, and right ones for all other cases."""

    def __init__(self, results: dict[str, CaseResult], live: LocalSession) -> None:
        self.results = results
        self.evaluate = live.evaluate  # what a derivative that decides is measured with
        self.used, self.output = False, ""
        self.problems: list[tuple[str, Failure]] = []

    def run(self, cases: Sequence[Case]) -> Iterator[CaseResult]:
        for case in cases:
            yield self.results.get(key(case), CaseResult(case.key))

    def effort(self, case: Case, step: int) -> None:
        return None

    def renew(self) -> None:
        """Nothing was left behind."""


def key(case: Case) -> str:
    """What tells the cases of an assignment apart."""
    return f"{case.question} {case.rung} {case.label}"


class RecordedSandbox:
    """A sandbox in which nothing runs."""

    limits, info = Limits(), SandboxInfo("sealed")

    def __init__(self, session: RecordedSession) -> None:
        self.session = session

    @contextmanager
    def open(self, *program: Any, **settings: Any) -> Iterator[RecordedSession]:
        yield self.session


def alone(assignment: CourseAssignment) -> CourseAssignment:
    """An assignment whose questions need no other, judged by what decides."""
    cases = (replace(case, checks=tuple(filter(decides, case.checks))) for case in assignment.public)
    questions = tuple(replace(question, needs=()) for question in assignment.questions)
    return replace(assignment, public=tuple(cases), questions=questions)


def mistakes(assignment: CourseAssignment, pairs: bool) -> list[Variant]:
    """The known mistakes of an assignment, or those that are two at a time."""
    own = {q.name for q in assignment.questions if q.kind == "code"}
    singles = load_variants(COURSE, "mistakes")
    every = load_pairs(COURSE, singles) if pairs else singles
    return [one for one in every if one.question in own and one.shows_in(assignment.name)]


FEW = [(ASSIGNMENTS[0], False, 4), (ASSIGNMENTS[1], False, 12), (ASSIGNMENTS[2], False, 16)]
EVERY = [
    pytest.param((name, pairs, 1), marks=pytest.mark.slow, id=f"{name}, {'pairs' if pairs else 'all'}")
    for name in ASSIGNMENTS
    for pairs in (False, True)
]


@pytest.fixture(scope="module", params=[*FEW, *EVERY], ids=lambda param: f"{param[0]}, one in {param[2]}")
def reports(request: pytest.FixtureRequest) -> dict[str, tuple[QuestionReport, Any]]:
    """What the card, and what grading says of each known mistake, by its id."""
    name, pairs, step = request.param
    assignment = alone(load_assignment(COURSE, name))
    modules = load_reference(COURSE, load_rubric(COURSE, name).reference)
    cells = [Cell(name, "code", source) for name, source in assignment.solutions.items() if "." not in name]
    owners = {name.partition(".")[0] for name in assignment.solutions if "." in name}
    cells += [Cell(name, "code", f"class {name}:\n    x = 1\n") for name in owners]
    submission = Submission("ann", "", cells=tuple(cells))
    found = {}
    for variant in mistakes(assignment, pairs)[::step]:
        question = assignment.question(variant.question)
        made = implementation(variant, question.definition, modules, assignment.reference)
        cases = assignment.public_cases(question)
        results = dict(zip(map(key, cases), LocalSession(made).run(cases), strict=True))
        session = RecordedSession(results, LocalSession(made))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(code, "LocalSession", lambda namespace, session=session: session)
            card = question_report(question, assignment, code.check(question, assignment, {}))
        sandbox: Any = RecordedSandbox(session)
        found[variant.id] = card, grade(submission, assignment, sandbox, only=[question.name])
    return found


def test_a_mistake_has_one_status_and_one_first_sentence(
    reports: dict[str, tuple[QuestionReport, Any]],
) -> None:
    differences = [
        (name, card.status, report.questions[0].status, headline(card), headline(report.questions[0]))
        for name, (card, report) in reports.items()
        if (card.status, card.score, headline(card))
        != (report.questions[0].status, report.questions[0].score, headline(report.questions[0]))
    ]
    assert len(reports) > 20
    assert differences == []
    assert all(card.status in WRONG for card, _ in reports.values())


def test_every_format_begins_with_that_sentence(reports: dict[str, tuple[QuestionReport, Any]]) -> None:
    for name, (card, report) in list(reports.items())[::20]:
        said = headline(card)
        assert said in repr(Card((card,))), name
        assert said.replace("`", "")[:60] in " ".join(
            terminal_text(report, page=None).replace("`", "").split()
        )
        assert f'message="{said[:20].split(chr(34))[0]}' in junit_xml(report).replace("&lt;", "<"), name
