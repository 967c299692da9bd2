"""Values and shapes against the key. NaN never passes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks.shape import shape
from grader.checks.values import values
from grader.messages import sentence
from grader.model import Absent, Failure, Place
from tests.checks.cases import DX, MATRIX, NOTHING, judged


@pytest.mark.parametrize("value", [MATRIX, MATRIX + 1e-9, np.asfortranarray(MATRIX), MATRIX.astype(int)])
def test_right_values_pass(value: Any) -> None:
    assert judged(values(dx=DX), MATRIX, value).status == "passed"


@pytest.mark.parametrize(
    "value",
    [
        MATRIX + 1e-3,
        MATRIX * np.nan,
        np.full((2, 3), np.inf),
        np.where(MATRIX > 5, np.nan, MATRIX),
        MATRIX[:1],
        MATRIX.T,
        MATRIX[None],
        MATRIX.ravel(),
        1.0,
        True,
        "text",
        {"a": MATRIX},
        MATRIX.tolist(),  # it multiplies and adds otherwise than an array does
        tuple(MATRIX),
        MATRIX + 0j,
        MATRIX > 0,
        MATRIX.astype(np.float32),
        MATRIX.astype(np.float16),
    ],
    ids=str,
)
def test_wrong_values_fail(value: Any) -> None:
    outcome = judged(values(dx=DX), MATRIX, value)
    assert outcome.status == "failed"
    assert outcome.findings


def test_a_scalar_may_be_of_any_real_kind_but_an_array_of_one_is_none() -> None:
    for value in (2.0, np.float64(2.0), np.array(2.0), 2):
        assert judged(values(dx=DX), np.float64(2.0), value).status == "passed"
    for wrong in (np.array([2.0]), np.array([[2.0]])):
        assert judged(values(dx=DX), np.float64(2.0), wrong).status == "failed"


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (MATRIX.T, "transposed"),
        (MATRIX[None], "axis of length 1"),
        (MATRIX.ravel(), "reshape"),
        (3.0, "examples"),
    ],
)
def test_a_wrong_shape_says_what_it_looks_like(value: Any, hint: str) -> None:
    outcome = judged(shape(dx=DX), MATRIX, value)
    assert outcome.findings[0].kind == "shape"
    assert hint in sentence(outcome)


def test_none_is_not_attempted_and_a_missing_part_is_said() -> None:
    assert judged(values(dx=DX), MATRIX, None).status == "not_attempted"
    outcome = judged(values(dx=DX), MATRIX, Absent("no index", "2"))
    assert (outcome.status, "only 2 values" in sentence(outcome)) == ("failed", True)


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (Failure("raised", "ValueError", "bad"), "error"),
        (Failure("timeout"), "timeout"),
        (Failure("crashed"), "crashed"),
        (Failure("missing"), "not_attempted"),
    ],
)
def test_failures_have_statuses_of_their_own(failure: Failure, status: str) -> None:
    assert judged(values(dx=DX), MATRIX, NOTHING, failure=failure).status == status


def test_an_exception_is_told_with_its_place() -> None:
    failure = Failure("raised", "ValueError", "the sizes differ", Place("cell 4", 7, "raise"))
    outcome = judged(values(dx=DX), MATRIX, NOTHING, failure=failure)
    assert "raises ValueError: the sizes differ (cell 4, line 7)." in sentence(outcome)


def test_an_old_python_is_named() -> None:
    failure = Failure("raised", "NameError", "name 'xrange' is not defined")
    assert "Python 2" in sentence(judged(values(dx=DX), MATRIX, NOTHING, failure=failure))


def test_a_loss_has_room_for_a_small_epsilon() -> None:
    assert judged(values(tolerance="loss", dx=DX), np.float64(1.0), 1.0 + 5e-6).status == "passed"
    assert judged(values(dx=DX), np.float64(1.0), 1.0 + 5e-6).status == "failed"
