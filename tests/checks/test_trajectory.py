"""A free run is drawn and never scored."""

from __future__ import annotations

import numpy as np

from grader.checks import judge_case
from grader.checks.trajectory import trajectory
from grader.model import Absent, CaseResult, Outcome, Ref
from tests.checks.cases import case, never

POINTS = (np.array([1.0, 2.0]), np.array([0.5, 1.0]), np.array([0.25, 0.5]))
CHECK = trajectory((0.05, 1), (2, 4), path=tuple(Ref(0, (n,)) for n in range(3)))


def judged(*values: object, hidden: bool = False) -> list[Outcome]:
    return judge_case(case(CHECK, *POINTS, hidden=hidden), CaseResult(values), never)


def test_both_runs_are_told_and_nothing_is_scored() -> None:
    (outcome,) = judged(POINTS[0], POINTS[1] * 2, POINTS[2])
    assert not outcome.scored
    assert outcome.measurements["yours"] == [[2, 4], [1, 2], [1, 2], [0.25, 0.5]]
    assert outcome.measurements["reference"][2] == [0.5, 1]
    assert outcome.measurements["quadratic"] == [0.05, 1]


def test_a_run_is_told_as_far_as_it_can_be_drawn() -> None:
    for odd in (np.array([np.nan, 1]), np.array([1e9, 0]), np.zeros(3), "x", Absent("nothing")):
        (outcome,) = judged(POINTS[0], odd, POINTS[2])
        assert outcome.measurements["yours"] == [[2, 4], [1, 2]]


def test_a_run_without_a_beginning_is_not_scored_either() -> None:
    (outcome,) = judged(None, *POINTS[1:])
    assert (outcome.status, outcome.scored) == ("not_attempted", False)


def test_hidden_runs_are_not_drawn() -> None:
    assert judged(*POINTS, hidden=True) == []
