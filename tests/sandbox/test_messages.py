"""What a child sends is what it was given: results in the short form, and in the long one."""

from __future__ import annotations

from dataclasses import replace
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


WATCHED = replace(CASE, watched=((0, 0),))
ARRAY = np.ones(2)


@pytest.mark.parametrize(
    ("watched", "left_alone"),
    [
        (((0, 0, (), (ARRAY,)),), True),
        (((0, 0, (ARRAY * 2,), (ARRAY,)),), True),  # of an input, this side knows what it was
        (((0, 0, (ARRAY * 2,), (ARRAY * 2,)),), False),
        (((0, 0, (), (ARRAY * 1.5,)),), False),
        (((0, 0, (), (ARRAY.astype(np.float32),)),), False),
        (((0, 0, (), ()),), False),
        (((0, 0, (), (ARRAY, ARRAY)),), False),
        (((0, 0, (), "text"),), False),
        (((1, 0, (), (ARRAY,)),), False),
        ((), False),
    ],
)
def test_what_an_argument_holds_afterwards_is_compared_here(watched: Any, left_alone: bool) -> None:
    sent = pack_result(CaseResult((1.0, 2.0), watched=watched, output="so that the form is the long one"))
    changed = unpack_result(decode(encode(sent)), WATCHED).changed
    assert changed == (() if left_alone else (Changed(0, 0),))


@pytest.mark.parametrize("watched", [1, None, ((0,),), (([], 0, (), ()),), "text"])
def test_arguments_of_another_form_are_no_result(watched: Any) -> None:
    with pytest.raises(WireError):
        unpack_result(((1.0, 2.0), (), (), "", 0.1, watched), WATCHED)


def test_of_a_step_that_failed_nothing_has_to_come_back() -> None:
    sent = pack_result(CaseResult((1.0, 2.0), {0: FAILURE}))
    assert unpack_result(decode(encode(sent)), WATCHED).changed == ()
