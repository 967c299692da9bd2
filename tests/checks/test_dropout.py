"""Dropout is judged by its mask: rate, scale, each element for itself; never by which mask it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks import judge_case
from grader.checks.dropout import dropout, dropout_gradient
from grader.messages import sentence
from grader.model import CaseResult, Check, Outcome, Ref
from tests.checks.cases import DX, case, never

RNG = np.random.default_rng(5)
X = 1 + RNG.random((80, 60))
KEEP = 0.3
MASK = RNG.random(X.shape) < KEEP


def judged(check: Check, *values: Any) -> Outcome:
    (outcome,) = judge_case(case(check, *[X] * len(values)), CaseResult(tuple(values)), never)
    return outcome


def forward(out: Any) -> Outcome:
    return judged(dropout(KEEP, X, train=DX), out)


def test_any_mask_will_do() -> None:
    for seed in range(50):
        mask = np.random.default_rng(seed).random(X.shape) < KEEP
        assert forward(X * mask / KEEP).status == "passed"


@pytest.mark.parametrize(
    ("out", "kind", "words"),
    [
        (X * MASK, "dropout_unscaled", "is not"),
        (X * MASK / KEEP**2, "dropout_scale", "11.11"),
        (X * ~MASK / (1 - KEEP), "rate_inverted", "1 − p"),
        (X * (RNG.standard_normal(X.shape) < KEEP) / KEEP, "rate", "keeps 0.6"),
        (X * MASK[:1] / KEEP, "rate", ""),
        (np.where(MASK, X / KEEP, 1e-3), "mask_values", "everywhere else"),
        (X * 0, "zero", "everywhere"),
        (np.where(MASK, X / KEEP, np.nan), "not_finite", "NaN"),
        (X[:1] / KEEP, "shape", "shape"),
    ],
    ids=["not inverted", "twice", "dropped", "randn", "one mask", "leaks", "zeros", "nan", "shape"],
)
def test_what_is_wrong_is_named(out: Any, kind: str, words: str) -> None:
    outcome = forward(out)
    assert outcome.status == "failed"
    assert outcome.findings[0].kind == kind
    assert words in sentence(outcome)


def test_one_mask_for_the_whole_batch_is_seen_even_at_the_right_rate() -> None:
    row = np.arange(60) < 18  # 0.3 exactly
    assert "every example" in sentence(forward(X * row / KEEP))
    column = (np.arange(80) < 24)[:, None]
    assert "as a whole" in sentence(forward(X * column / KEEP))


def backward(out: Any, dx: Any) -> Outcome:
    check = dropout_gradient(X, DOUT, Ref(0, (0,)), train=Ref(0, (1,)))
    return judged(check, out, dx)


DOUT = RNG.standard_normal(X.shape)
OUT = X * MASK / KEEP


def test_backward_belongs_to_its_own_forward_pass() -> None:
    assert backward(OUT, DOUT * MASK / KEEP).status == "passed"
    assert backward(X * MASK, DOUT * MASK).status == "passed"  # its own forward pass is at fault


@pytest.mark.parametrize(
    ("out", "dx"),
    [(OUT, DOUT), (OUT, DOUT * MASK), (OUT, OUT * 0), (X * 0, X * 0), (X, DOUT), (OUT, OUT * np.nan)],
    ids=["no mask", "no scale", "zeros", "all zeros", "nothing dropped", "nan"],
)
def test_another_derivative_fails(out: Any, dx: Any) -> None:
    assert backward(out, dx).status == "failed"
