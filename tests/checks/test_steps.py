"""Steps of an update rule: element by element, all steps by one accepted form."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks import judge_case
from grader.checks.steps import elementwise_error, steps
from grader.model import Absent, CaseResult, Check, Outcome, Ref
from tests.checks.cases import case, never

ONE, TWO = np.array([1.0, 1e6, 0.0]), np.array([2.0, -3.0, 5e-3])
REFS = (Ref(0, (0,)), Ref(0, (1,)))
FORMS = {"next_w": {"another form": [ONE * 1.01, TWO * 1.01]}}


def judged(check: Check, *values: Any) -> Outcome:
    (outcome,) = judge_case(case(check, ONE, TWO), CaseResult(tuple(values)), never)
    return outcome


def test_right_steps_pass() -> None:
    outcome = judged(steps(next_w=REFS), ONE * (1 + 1e-12), TWO)
    assert (outcome.status, outcome.part) == ("passed", "next_w")


@pytest.mark.parametrize(
    ("first", "second", "step"),
    [
        (ONE, TWO * (1 + 1e-8), 2),
        (ONE + np.array([1e-6, 0, 0]), TWO, 1),  # 1e-12 of the largest element, 1e-6 of its own
        (ONE + np.array([0, 0, 1e-3]), TWO, 1),  # where 0 is due
        (ONE * np.nan, TWO, 1),
        (ONE, TWO * np.inf, 2),
    ],
    ids=["second", "small element", "zero", "nan", "infinite"],
)
def test_the_first_wrong_step_is_named(first: Any, second: Any, step: int) -> None:
    outcome = judged(steps(next_w=REFS), first, second)
    assert outcome.status == "failed"
    assert outcome.measurements["step"] == step
    assert outcome.findings[0].kind == "values"


def test_every_step_may_follow_another_accepted_form() -> None:
    assert judged(steps(FORMS, next_w=REFS), ONE * 1.01, TWO * 1.01).status == "passed"


def test_a_form_that_is_not_listed_fails() -> None:
    assert judged(steps(FORMS, next_w=REFS), ONE * 1.02, TWO * 1.02).status == "failed"


def test_steps_of_different_forms_do_not_add_up_to_a_rule() -> None:
    outcome = judged(steps(FORMS, next_w=REFS), ONE, TWO * 1.01)
    assert (outcome.status, outcome.findings[0].kind) == ("failed", "forms")


@pytest.mark.parametrize(
    ("second", "status"),
    [(TWO[:2], "failed"), (None, "not_attempted"), (Absent("no key", "'v'"), "failed")],
)
def test_what_cannot_be_compared_says_at_which_step(second: Any, status: str) -> None:
    outcome = judged(steps(m=REFS), ONE, second)
    assert outcome.status == status
    assert outcome.measurements["step"] == 2


def test_the_error_is_that_of_the_worst_element() -> None:
    assert elementwise_error([1.0, 100.0], [1.0, 101.0]) == pytest.approx(1 / 101)
    assert elementwise_error([0.0, 0.0], [0.0, 0.0]) == 0
    assert elementwise_error([1e-300, 0.0], [0.0, 0.0]) == np.inf
    assert elementwise_error(np.zeros(0), np.zeros(0)) == 0
    assert elementwise_error([np.nan], [np.nan]) == np.inf
