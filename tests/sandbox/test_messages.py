"""What a child sends is what it was given: results in the short form, and in the long one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.model import Absent, Case, CaseResult, Changed, Failure, Input, Place, Ref, Step
from grader.sandbox.messages import pack_result, unpack_result
from grader.sandbox.wire import WireError, decode, encode

STEPS = (Step("call", "f", None, (Input(0),)), Step("call", "g", None, (Input(0),)))
CASE = Case("q", "", 0, False, 1, (np.ones(2),), ("x",), STEPS, (Ref(0), Ref(1)), (), ())
FAILURE = Failure("raised", "ValueError", "no", Place("cell 1", 3, "raise"))


@pytest.mark.parametrize(
    "result",
    [
        CaseResult((1.5, None), cpu=0.25),
        CaseResult((2, Absent("nothing"))),
        CaseResult((1.5, None), {1: FAILURE}),
        CaseResult((1.5, (1, "a")), {}, (Changed(0, 0, ("x",)),)),
        CaseResult((1.5, [True]), output="printed", cpu=0.5),
    ],
    ids=["values", "absent", "failed", "changed", "printed"],
)  # fmt: skip
def test_a_result_comes_back(result: CaseResult) -> None:
    assert unpack_result(decode(encode(pack_result(result))), CASE) == result


@pytest.mark.parametrize(
    "value",
    [
        (0.1,), (0.1, 1.0), (0.1, 1.0, 2.0, 3.0), (1, 1.0, 2.0), (), 0.1, [0.1, 1.0, 2.0],
        ((1.0,), (), (), "", 0.1), ((1.0, 2.0), (), (), "", 1), ((1.0, 2.0), (), (), b"", 0.1),
    ],
    ids=repr,
)  # fmt: skip
def test_what_has_another_form_is_no_result(value: Any) -> None:
    with pytest.raises(WireError):
        unpack_result(value, CASE)


@pytest.mark.parametrize("cpu", [float("nan"), -1.0, float("inf")])
def test_a_time_that_cannot_be_is_none(cpu: float) -> None:
    assert unpack_result((cpu, 1.0, 2.0), CASE).cpu == 0.0
