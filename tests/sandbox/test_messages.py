"""What a child sends is what it was given: results in the short form, and in the long one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.model import Absent, Case, CaseResult, Changed, Failure, Input, Place, Ref, Step
from grader.sandbox.messages import pack_result, unpack_result
from grader.sandbox.replay import replay
from grader.sandbox.watch import bits_of
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
)
def test_a_result_comes_back(result: CaseResult) -> None:
    assert unpack_result(decode(encode(pack_result(result))), CASE) == result


def test_a_child_cannot_claim_what_ended_it() -> None:
    claim = CaseResult((1.5, None), {1: Failure("timeout", cause="whole submission", amount=1.0)})
    assert unpack_result(decode(encode(pack_result(claim))), CASE).failures == {1: Failure("timeout")}
    longer = ((1.5, None), [(1, "timeout", "", "", None, "whole submission", 1.0)], (), "", 0.1, None)
    with pytest.raises(WireError):
        unpack_result(longer, CASE)


@pytest.mark.parametrize(
    "value",
    [
        (0.1,),
        (0.1, 1.0),
        (0.1, 1.0, 2.0, 3.0),
        (1, 1.0, 2.0),
        (),
        0.1,
        [0.1, 1.0, 2.0],
        ((1.0,), (), (), "", 0.1),
        ((1.0, 2.0), (), (), "", 1),
        ((1.0, 2.0), (), (), b"", 0.1),
    ],
    ids=repr,
)
def test_what_has_another_form_is_no_result(value: Any) -> None:
    with pytest.raises(WireError):
        unpack_result(value, CASE)


@pytest.mark.parametrize("cpu", [float("nan"), -1.0, float("inf")])
def test_a_time_that_cannot_be_is_none(cpu: float) -> None:
    assert unpack_result((cpu, 1.0, 2.0), CASE).cpu == 0.0


WATCHED = replace(CASE, watched=((0, 0),))
BITS = bits_of(np.ones(2))
OTHER = bits_of(np.full(2, 1.5))


@pytest.mark.parametrize(
    ("watched", "left_alone"),
    [
        (BITS, True),
        (BITS + OTHER + OTHER, True),
        (BITS + BITS + OTHER, False),
        (OTHER, False),
        (OTHER + BITS, False),
        (BITS + OTHER, False),
        (bits_of(np.ones(2, np.float32)), False),
        (bits_of(np.ones((2, 1))), False),
        (b"", False),
        (None, False),
    ],
)
def test_what_an_argument_holds_afterwards_is_compared_here(watched: bytes, left_alone: bool) -> None:
    for output in ("", "printed"):
        sent = pack_result(CaseResult((1.0, 2.0), watched=watched, output=output))
        changed = unpack_result(decode(encode(sent)), WATCHED).changed
        assert changed == (() if left_alone else (Changed(0, 0),))


def test_which_argument_it_was_is_the_childs_own_word_where_it_has_one() -> None:
    case = replace(
        CASE, steps=(Step("call", "f", None, (Input(0), Input(0))), STEPS[1]), watched=((0, 0), (0, 1))
    )
    sent = CaseResult((1.0, 2.0), {}, (Changed(0, 1),), watched=BITS + OTHER)
    assert unpack_result(decode(encode(pack_result(sent))), case).changed == (Changed(0, 1),)
    silent = replace(sent, changed=())
    assert unpack_result(decode(encode(pack_result(silent))), case).changed == (Changed(0, 0), Changed(0, 1))


@pytest.mark.parametrize("watched", [1, (), [], np.ones(2), "text", [BITS]])
def test_arguments_of_another_form_are_no_result(watched: Any) -> None:
    for value in (((1.0, 2.0), (), (), "", 0.1, watched), (watched, 0.1, 1.0, 2.0), (watched,)):
        with pytest.raises(WireError):
            unpack_result(value, WATCHED)


def test_of_a_step_that_failed_nothing_has_to_come_back() -> None:
    sent = pack_result(CaseResult((1.0, 2.0), {0: FAILURE}))
    assert unpack_result(decode(encode(sent)), WATCHED).changed == ()


def test_a_cache_without_arrays_holds_nothing_that_could_change() -> None:
    case = replace(CASE, steps=(STEPS[0], Step("call", "g", None, (Ref(0),))), watched=((1, 0),))
    result = replay(case, {"f": lambda x: object(), "g": lambda cache: 1.0}.__getitem__)
    assert unpack_result(decode(encode(pack_result(result))), case).changed == ()
