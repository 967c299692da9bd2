"""Claims: what a mistake's sentence says, asked of an answer's results."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from grader.checks.claims import claims_hold
from grader.checks.same import same
from grader.checks.values import values
from grader.model import Absent, Case, CaseResult, Failure, Ref
from tests.checks.cases import DX, STEP, case

RIGHT = np.arange(1.0, 7.0).reshape(2, 3)


def made(key: np.ndarray = RIGHT) -> Case:
    return replace(
        case(values(dx=DX), key), inputs=(key + 1,), input_names=("x",), sizes={"N": (2,), "D": (3,)}
    )


def gave(value: object, **more: object) -> list[tuple[Case, CaseResult]]:
    return [(made(), CaseResult((value,), **more))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "factor"),
    [
        ('np.allclose(x["yours"]["dx"], 2 * x["due"]["dx"])', 2.0),
        ('np.allclose(x["yours"]["dx"], x["due"]["dx"] / x["size"]["N"])', 0.5),
        ('np.allclose(x["yours"]["dx"] + x["in"]["x"], x["due"]["dx"] + x["in"]["x"])', 1.0),
        ('np.all(x["yours"]["dx"] == 0)', 0.0),
    ],
)
def test_a_claim_holds_of_the_answer_that_it_is_about_alone(claim: str, factor: float) -> None:
    assert claims_hold([claim], gave(factor * RIGHT))
    assert not claims_hold([claim], gave(3 * RIGHT))


@pytest.mark.parametrize("value", [RIGHT[0], Absent("None"), {"dx": 1}, "text", np.nan * RIGHT])
def test_a_claim_that_cannot_be_asked_does_not_hold(value: object) -> None:
    assert not claims_hold(['np.allclose(x["yours"]["dx"], x["due"]["dx"])'], gave(value))
    assert not claims_hold(['x["yours"]["dw"] == 0'], gave(RIGHT))


def test_what_did_not_come_cannot_be_asked() -> None:
    failed = gave(RIGHT, failures={0: Failure("raised", "ValueError")})
    assert not claims_hold(['np.allclose(x["yours"]["dx"], x["due"]["dx"])'], failed)


def test_it_must_hold_in_every_case_that_has_what_it_names() -> None:
    claim = ['np.allclose(x["yours"]["dx"], 2 * x["due"]["dx"])']
    assert claims_hold(claim, [*gave(2 * RIGHT), *gave(2 * RIGHT)])
    assert not claims_hold(claim, [*gave(2 * RIGHT), *gave(RIGHT)])
    assert claims_hold([], gave(RIGHT))


def test_one_of_a_parts_results_has_its_key_as_a_name() -> None:
    ref = Ref(0, (1, "W1"))
    check = values(regularised=ref)
    one = replace(made(), keep=(ref,), checks=(check,))
    assert claims_hold(
        ['np.allclose(x["yours"]["regularised.W1"], -x["due"]["regularised.W1"])'],
        [(one, CaseResult((-RIGHT,)))],
    )


def test_a_key_alone_names_what_any_part_has_under_it() -> None:
    ref = Ref(0, (1, "W1"))
    one = replace(made(), keep=(ref,), checks=(values(regularised=ref),))
    claim = 'np.allclose(x["yours"][".W1"], -x["due"][".W1"])'
    assert claims_hold([claim], [(one, CaseResult((-RIGHT,)))])
    assert not claims_hold([claim.replace(".W1", "W1")], [(one, CaseResult((-RIGHT,)))])


def test_of_several_inputs_with_one_name_each_has_its_own() -> None:
    one = replace(made(), inputs=(RIGHT, 2 * RIGHT, 3 * RIGHT), input_names=("w", "dw", "w"))
    claim = 'np.allclose(x["in"]["w_2"], 3 * x["in"]["w"])'
    assert claims_hold([claim, 'np.allclose(x["in"]["dw"], 2 * x["in"]["w"])'], [(one, CaseResult((RIGHT,)))])


def test_numbers_that_a_call_is_given_by_keyword_have_their_names() -> None:
    steps = (replace(STEP, kwargs={"reg": 0.5, "norm": "batchnorm"}), replace(STEP, kwargs={"reg": 7.0}))
    one = replace(made(), steps=steps)
    assert claims_hold(['x["set"]["reg"] == 0.5'], [(one, CaseResult((RIGHT,)))])
    assert not claims_hold(['x["set"]["norm"] == 0.5'], [(one, CaseResult((RIGHT,)))])


def test_results_that_are_compared_with_each_other_have_no_right_values() -> None:
    one = replace(made(), checks=(same(dx=(DX, DX)),))
    assert not claims_hold(['np.allclose(x["yours"]["dx"], x["due"]["dx"])'], [(one, CaseResult((RIGHT,)))])


def test_nan_equals_nan_and_infinity_itself() -> None:
    claim = ['np.allclose(x["yours"]["dx"], x["yours"]["dx"] + 0)', 'np.any(np.isinf(x["yours"]["dx"]))']
    assert claims_hold(claim, gave(np.array([[np.nan, np.inf, 1.0]])))
