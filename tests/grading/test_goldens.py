"""Golden submissions, each judged on the public cases and on the hidden ones of 20 seeds at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import Assignment
from grader.grading import grade
from grader.intake import read_submission
from grader.model import Case, Report, from_json, to_json
from grader.sandbox import Sandbox
from tests.goldens import FOLDER, Golden, goldens, problems, write

SEEDS = range(20)


@pytest.fixture(scope="module")
def hidden(assignment: Assignment) -> tuple[Case, ...]:
    """The hidden cases of all seeds: a part is earned only if it is right on every one."""
    assert assignment.record_hidden is not None
    return tuple(case for seed in SEEDS for case in assignment.record_hidden(seed))


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A right submission, graded after every hostile one in the same sandbox."""
    reference = next(golden for golden in goldens() if golden.name == "reference")
    return write(reference, tmp_path_factory.mktemp("control"))


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.name)
def test_the_verdict_is_the_one_that_is_due(
    golden: Golden, assignment: Assignment, sandbox: Sandbox, hidden: tuple[Case, ...], tmp_path: Path
) -> None:
    submission = read_submission(write(golden, tmp_path), assignment.roots)
    trains = golden.trains
    only = [q.name for q in assignment.questions if trains or q.kind != "experiment"]
    report = grade(submission, assignment, sandbox, hidden=hidden, only=only)
    assert problems(golden, report) == []
    assert from_json(to_json(report)) == report
    assert all(0 <= question.score <= question.max_score for question in report.questions)


def test_there_are_enough(assignment: Assignment) -> None:
    right = [golden for golden in goldens() if golden.expect.get("full")]
    assert len(right) >= 21
    assert len(goldens()) >= 24
    assert {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] not in "._"} == {
        golden.name for golden in goldens()
    }


HOSTILE = ("loop", "exit", "patched", "crash", "recursion", "memory", "interrupt")


def test_a_submission_after_a_hostile_one_gets_what_it_deserves(
    assignment: Assignment, sandbox: Sandbox, control: Path, tmp_path: Path
) -> None:
    code = [q.name for q in assignment.questions if q.kind == "code"]
    hostile = [golden for golden in goldens() if any(word in golden.name for word in HOSTILE)]
    assert len(hostile) >= 4
    for golden in hostile:
        grade(read_submission(write(golden, tmp_path), assignment.roots), assignment, sandbox, only=code)
        report = grade(read_submission(control, assignment.roots), assignment, sandbox, only=code)
        assert report.score == report.max_score, golden.name


def same(report: Report) -> bytes:
    """A report without the fields that are times."""
    from dataclasses import replace

    from grader.model import Times

    return to_json(replace(report, times=Times()))


def test_the_same_input_gives_the_same_report(
    assignment: Assignment, sandbox: Sandbox, control: Path
) -> None:
    assert assignment.record_hidden is not None
    submission = read_submission(control, assignment.roots)
    one, two = (grade(submission, assignment, sandbox, hidden=assignment.record_hidden(3)) for _ in range(2))
    assert same(one) == same(two)


def test_the_hidden_seed_and_hidden_inputs_are_in_no_report(
    assignment: Assignment, sandbox: Sandbox, tmp_path: Path
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
