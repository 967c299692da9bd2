"""The gradient kind: the submission's backward against its own forward; shown, never scored."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks import judge_case
from grader.checks.gradient import gradient
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
    assert found["dw"].findings[0].kind == "derivative"


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
    assert found["dx"].message


def test_hidden_cases_leave_it_out() -> None:
    assert judged(SOURCE, hidden=True) == {}
