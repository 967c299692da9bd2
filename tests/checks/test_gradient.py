"""The gradient kind: the submission's backward against its own forward; shown, never scored."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks import judge_case
from grader.checks.gradient import NotMeasured, WrongDerivative, gradient, own_gradient
from grader.course.recorder import record
from grader.model import Case, Check, Outcome
from grader.sandbox import LocalSession

SOURCE = """
def forward(x, w):
    return x @ w, (x, w)
def backward(dout, cache):
    x, w = cache
    return dout @ w.T, x.T @ dout
"""


def namespace(source: str) -> dict[str, Any]:
    made: dict[str, Any] = {"np": np}
    exec(source, made)
    return made


def author(impl: Any) -> list[Check]:
    rng = np.random.default_rng(0)
    x, w, dout = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=(3, 2))
    out, cache = impl.forward(x, w)
    dx, dw = impl.backward(dout, cache)
    return [gradient(of=out, dout=dout, dx=(x, dx), dw=(w, dw))]


def recorded(*, hidden: bool = False) -> Case:
    return record(namespace(SOURCE), author, question="q", label="", rung=0, hidden=hidden, seed=1)


def judged(source: str, *, hidden: bool = False) -> dict[str, Outcome]:
    case, session = recorded(hidden=hidden), LocalSession(namespace(source))
    (result,) = session.run([case])
    return {outcome.part: outcome for outcome in judge_case(case, result, session.evaluate)}


def test_a_right_derivative_passes_and_is_not_scored() -> None:
    found = judged(SOURCE)
    assert {part: o.status for part, o in found.items()} == {"dx": "passed", "dw": "passed"}
    assert not any(o.scored for o in found.values())
    assert found["dx"].measurements["relative_error"] < 1e-6


def test_a_wrong_derivative_fails_beside_a_right_one() -> None:
    found = judged(SOURCE.replace("x.T @ dout", "2 * x.T @ dout"))
    assert {part: o.status for part, o in found.items()} == {"dx": "passed", "dw": "failed"}
    (told,) = found["dw"].findings
    assert told == WrongDerivative("dw", "scale", factor=2.0)


def test_names_are_those_of_the_case() -> None:
    found = judged(SOURCE.replace("x.T @ dout", "x.T @ dout + 0.5 * w"))
    (term,) = found["dw"].findings
    (factor,) = judged(SOURCE.replace("dout @ w.T,", "3 * dout @ w.T,"))["dx"].findings

    assert isinstance(term, WrongDerivative)
    assert (term.mistake, term.input, round(term.coefficient, 6)) == ("term", "w", -0.5)
    assert isinstance(factor, WrongDerivative)
    assert (factor.factor, factor.array, factor.axis, factor.length) == (3.0, "dout", 0, 3)


def test_places_are_text_and_are_counted() -> None:
    found = judged(SOURCE.replace("dout @ w.T, ", "(dout @ w.T) * np.array([[1], [-1], [1]]), "))
    (told,) = found["dx"].findings
    assert isinstance(told, WrongDerivative)
    assert (told.mistake, told.rows, told.row_count, told.element_count) == ("sign", "1", 1, 0)


def test_the_derivatives_of_a_number_can_decide_a_part() -> None:
    def slopes(impl: Any) -> list[Check]:
        x, w = np.random.default_rng(0).normal(size=(2, 3, 4))
        total, dx, dw = impl.loss(x, w)
        return [own_gradient("loss", total, x=(x, dx), w=(w, dw))]

    source = "def loss(x, w):\n    return float(np.sum(x * w)), w, x"
    case = record(namespace(source), slopes, question="q", label="", rung=0, hidden=True, seed=1)
    session = LocalSession(namespace(source.replace("w, x", "w, -x")))
    (result,) = session.run([case])
    right, wrong = judge_case(case, result, session.evaluate)

    assert [(o.part, o.status, o.scored) for o in (right, wrong)] == [
        ("loss", "passed", True),
        ("loss", "failed", True),
    ]
    assert isinstance(wrong.findings[0], WrongDerivative)
    assert (wrong.findings[0].part, wrong.findings[0].mistake) == ("w", "sign")


def test_the_right_derivative_of_a_wrong_forward_passes() -> None:
    wrong = SOURCE.replace("return x @ w, (x, w)", "return 3 * x @ w, (3 * x, 3 * w)")
    assert {o.status for o in judged(wrong.replace("x.T @ dout", "x.T @ dout * 1.0")).values()} == {"passed"}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (("return x @ w,", "return x @ w * np.nan,"), "skipped"),
        (("return dout @ w.T, x.T @ dout", "return None, x.T @ dout"), "not_attempted"),
        (("x, w = cache", "1 / 0"), "error"),
    ],
)
def test_what_cannot_be_measured_says_why(change: tuple[str, str], status: str) -> None:
    found = judged(SOURCE.replace(*change))
    assert found["dx"].status == status
    assert found["dx"].findings


def test_a_forward_pass_without_finite_values_is_a_reason() -> None:
    found = judged(SOURCE.replace("return x @ w,", "return x @ w * np.nan,"))
    assert found["dw"].findings == (NotMeasured("dw", "not_finite", "(3, 2)"),)


def test_hidden_cases_leave_it_out() -> None:
    assert judged(SOURCE, hidden=True) == {}
