"""Points and statuses from outcomes."""

from __future__ import annotations

from typing import Any

import pytest

from grader.checks import kind_of
from grader.course import Question
from grader.model import Outcome
from grader.model.verdicts import judge

QUESTION = Question("layer", "A layer", "code", {"dx": 3.0, "dw": 3.0, "pure": 1.0})


def outcome(part: str, status: Any, check: str = "values", *, scored: bool = True) -> Outcome:
    substantial = not kind_of(check).passes_without_an_answer
    return Outcome(check, status, False, part, scored=scored, substantial=substantial)


def judged(**statuses: str) -> tuple[float, str]:
    outcomes = [
        outcome(part, status, "unchanged" if part == "pure" else "values")
        for part, status in statuses.items()
    ]
    found = judge(QUESTION.points, outcomes)
    return found.points, found.status


@pytest.mark.parametrize(
    ("statuses", "points", "status"),
    [
        ({"dx": "passed", "dw": "passed", "pure": "passed"}, 7, "passed"),
        ({"dx": "kink", "dw": "passed", "pure": "passed"}, 7, "passed"),
        ({"dx": "passed", "dw": "failed", "pure": "passed"}, 4, "partial"),
        ({"dx": "failed", "dw": "failed", "pure": "passed"}, 0, "failed"),
        ({"dx": "inconclusive", "dw": "passed", "pure": "passed"}, 4, "partial"),
        ({"dx": "not_attempted", "dw": "not_attempted", "pure": "not_attempted"}, 0, "not_attempted"),
        ({"dx": "error", "dw": "error", "pure": "error"}, 0, "error"),
        ({"dx": "timeout", "dw": "error", "pure": "error"}, 0, "timeout"),
        ({"dx": "crashed", "dw": "error", "pure": "error"}, 0, "crashed"),
        ({"dx": "skipped", "dw": "skipped", "pure": "skipped"}, 0, "error"),
        ({"dx": "passed", "dw": "passed"}, 6, "partial"),
        ({}, 0, "not_attempted"),
    ],
)
def test_points_and_status(statuses: dict[str, str], points: float, status: str) -> None:
    assert judged(**statuses) == (points, status)


def test_one_failing_case_loses_the_part() -> None:
    outcomes = [outcome("dx", "passed"), outcome("dx", "failed"), outcome("dw", "passed")]
    assert judge(QUESTION.points, outcomes).points == 3


def test_what_is_not_scored_changes_nothing() -> None:
    outcomes = [outcome("dx", "passed"), outcome("dx", "failed", "gradient", scored=False)]
    assert judge(QUESTION.points, outcomes).points == 3


def test_a_fault_of_ours_outranks_everything() -> None:
    assert judged(dx="grader_fault", dw="failed", pure="passed")[1] == "grader_fault"
