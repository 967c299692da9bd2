"""A cache is its maker's own: scratch arrays in it may change; the caller's arrays and the answer may not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks.unchanged import judge, unchanged
from grader.checks.values import values
from grader.model import Case, Check, Outcome
from grader.sandbox.messages import pack_result, unpack_result
from tests.checks.cases import never
from tests.sandbox.test_replay import case_of, run

FORWARD = """
import numpy as np
def affine_forward(x, w, b):
    rows = x.reshape(len(x), -1)
    return rows @ w + b, {cache}
def affine_backward(dout, cache):
    {body}
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(0)
"""
HARMLESS = {
    "scratch": (
        "(x, w, b, np.empty(w.shape))",
        "x, w, b, s = cache; np.matmul(x.reshape(len(x), -1).T, dout, out=s)",
    ),
    "a counter": ("(x, w, b, np.zeros(1, int))", "x, w, b, calls = cache; calls += 1"),
    "a memory that is added": (
        "{'x': x, 'w': w, 'b': b}",
        "x, w, b = (cache[k] for k in 'xwb'); cache['dw'] = x.reshape(len(x), -1).T @ dout",
    ),
    "a log": ("[x, w, b, []]", "x, w, b, log = cache; log.append(dout.copy())"),
    "scratch like a bias": ("(x, w, b, b.copy())", "x, w, b, s = cache; s[...] = 0"),
    "a copy that is not needed": ("(x, w, b, x.copy())", "x, w, b, s = cache; s *= 2"),
}
HARMFUL = {
    "the input": ("(x, w, b)", "x, w, b = cache; kept = x; x = x.copy(); kept *= 0"),
    "a view of the input": ("(rows, x, w, b)", "rows, x, w, b = cache; x = x.copy(); rows[0] = 1"),
    "the weights, used first": ("(x, w, b)", "x, w, b = cache; kept = w; w = w.copy(); kept[...] = 0"),
    "a copy that is needed": (
        "(x.copy(), w.copy(), b)",
        "x, w, b = cache; kept = x; x = x.copy(); kept += 1",
    ),
    "a bias that no derivative needs": ("(x, w, b)", "x, w, b = cache; b += 1"),
    "an entry that is dropped": (
        "{'x': x, 'w': w}",
        "x, w = cache['x'], cache['w']; cache['x'] = cache['x'] * 2",
    ),
    "a list that is emptied": ("[x, w]", "x, w = cache; cache.clear()"),
}


def layers(impl: Any) -> list[Check]:
    rng = np.random.default_rng(0)
    x, w, b = rng.standard_normal((3, 2, 2)), rng.standard_normal((4, 5)), rng.standard_normal(5)
    _, cache = impl.affine_forward(x, w, b)
    dx, dw, db = impl.affine_backward(rng.standard_normal((3, 5)), cache)
    return [values(dx=dx, dw=dw, db=db), unchanged("cache", dx=dx)]


def judged(cache: str, body: str) -> list[Outcome]:
    """What ``unchanged`` says once the result has crossed the wire."""
    case: Case = case_of(layers)
    result = run(case, FORWARD.format(cache=cache, body=body))
    assert not result.failures
    return judge(case.checks[1], case, unpack_result(pack_result(result), case), never)


@pytest.mark.parametrize("way", HARMLESS)
def test_what_a_layer_keeps_for_itself_is_its_own(way: str) -> None:
    assert [outcome.status for outcome in judged(*HARMLESS[way])] == ["passed"]


@pytest.mark.parametrize("way", HARMFUL)
def test_what_the_caller_gave_and_a_second_call_needs_is_not(way: str) -> None:
    (outcome,) = judged(*HARMFUL[way])
    assert outcome.status == "failed"
    assert outcome.findings[0].kind == "overwritten"
    assert outcome.findings[0].arguments == "cache"  # type: ignore[attr-defined]
