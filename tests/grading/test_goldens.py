"""Golden submissions, judged on the public cases and on hidden ones: the references on 20 seeds at once.

Of other right ones three seeds are asked (``benchmarks/margins.py`` asks a hundred), of a wrong one a single
one: the more there are, the easier it is to be wrong on one of them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.grading import grade
from grader.intake import read_submission
from grader.model import Case, Report, from_json, to_json
from grader.sandbox import Sandbox
from tests.goldens import COURSE, FOLDER, Golden, goldens, problems, write
from tests.recorded.verdicts import of_report, recorded

SEEDS = range(20)
SOME = range(3)
FEW = range(1)


@cache
def used(name: str) -> CourseAssignment:
    return load_assignment(COURSE, name)


@cache
def draw_schedule(name: str, seeds: range) -> tuple[Case, ...]:
    """The hidden cases of all seeds: a part is earned only if it is right on every one."""
    record = used(name).record_hidden
    assert record is not None
    return tuple(case for seed in seeds for case in record(seed))


def hidden_for(golden: Golden) -> tuple[Case, ...]:
    """The hidden cases that a golden submission is judged on."""
    right = SEEDS if golden.name.startswith("reference") else SOME
    return draw_schedule(golden.assignment, right if golden.expect.get("full") else FEW)


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reference = next(golden for golden in goldens() if golden.name == "reference")
    return write(reference, tmp_path_factory.mktemp("control"))


def one(golden: Golden) -> Any:
    marks = [pytest.mark.slow] if golden.settings.get("slow") else []
    return pytest.param(golden, marks=marks, id=golden.name)


@pytest.mark.parametrize("golden", [one(golden) for golden in goldens()])
def test_the_verdict_is_the_one_that_is_due(golden: Golden, sandbox: Sandbox, tmp_path: Path) -> None:
    assignment = used(golden.assignment)
    submission = read_submission(write(golden, tmp_path), assignment.roots)
    report = grade(
        submission, assignment, sandbox, hidden=hidden_for(golden), only=golden.asked(assignment.questions)
    )
    assert problems(golden, report) == []
    assert of_report(report) == recorded("goldens")[golden.name]
    if golden.expect.get("full"):  # an honest answer, however slow, is not taken for a measured one
        assert not [o for q in report.questions for o in q.outcomes if o.check == "own_work"]
    assert from_json(to_json(report)) == report
    assert all(0 <= question.score <= question.max_score for question in report.questions)


def test_there_are_enough(assignment: CourseAssignment) -> None:
    right = [golden for golden in goldens() if golden.expect.get("full")]
    assert len(right) >= 21
    assert len(goldens()) >= 24
    assert {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] not in "._"} == {
        golden.name for golden in goldens()
    }


def same(report: Report) -> bytes:
    """A report without the fields that are times."""
    from dataclasses import replace

    from grader.model import Times

    return to_json(replace(report, times=Times()))


@pytest.mark.slow
def test_the_same_input_gives_the_same_report(
    assignment: CourseAssignment, sandbox: Sandbox, control: Path
) -> None:
    assert assignment.record_hidden is not None
    submission = read_submission(control, assignment.roots)
    one, two = (grade(submission, assignment, sandbox, hidden=assignment.record_hidden(3)) for _ in range(2))
    assert same(one) == same(two)


def test_the_hidden_seed_and_hidden_inputs_are_in_no_report(
    assignment: CourseAssignment, sandbox: Sandbox, tmp_path: Path
) -> None:
    assert assignment.record_hidden is not None
    golden = next(golden for golden in goldens() if golden.name == "db_mean")
    hidden = assignment.record_hidden(987654321)
    report = grade(
        read_submission(write(golden, tmp_path), assignment.roots), assignment, sandbox, hidden=hidden
    )
    assert b"987654321" not in to_json(report)
    for question in report.questions:
        for outcome in question.outcomes:
            assert not (outcome.hidden and outcome.evidence)
    assert any(o.hidden and o.status == "failed" for q in report.questions for o in q.outcomes)
