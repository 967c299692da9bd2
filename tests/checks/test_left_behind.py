"""Masks that are drawn anew, what is left alone, arrays apart, dtypes, and what should be 0."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks.drops import drops
from grader.checks.fresh_masks import fresh_masks
from grader.checks.left_alone import Altered, left_alone
from grader.checks.negligible import NotNegligible, negligible
from grader.checks.precision import OtherPrecision, precision
from grader.checks.separate import SharedArrays, SharedBetweenNets, separate
from grader.model import Check, Ref
from grader.model.fields import FieldError
from tests.checks.cases import DX, MATRIX, NOTHING, case, judged

OTHER = Ref(0, (1,))
RNG = np.random.default_rng(0)
ONES = np.ones((60, 60))
UNITS = 1.0 + np.arange(40.0)


def mask(keep: float, generator: np.random.Generator = RNG) -> Any:
    return (generator.random(ONES.shape) < keep) / keep


# ------------------------------------------------------------------------------------------ masks


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.75, 0.98])
def test_independent_masks_pass(keep: float) -> None:
    check = fresh_masks(out=(DX, OTHER))
    for _ in range(50):
        assert judged(check, (ONES, ONES), (mask(keep), mask(keep))).status == "passed"


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.75, 0.98])
def test_one_mask_for_both_fails_also_where_few_elements_differ(keep: float) -> None:
    one = mask(keep)
    almost = np.where(RNG.random(ONES.shape) < 0.01, 0, one)

    for other in (one, 3 * one, almost):
        outcome = judged(fresh_masks(out=(DX, OTHER)), (ONES, ONES), (one, other))
        assert outcome.status == "failed"
        assert outcome.findings[0].kind == "same_mask"


def test_what_drops_nothing_is_judged_by_others() -> None:
    assert judged(fresh_masks(out=(DX, OTHER)), (ONES, ONES), (ONES, ONES)).status == "passed"


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (None, "not_attempted"),
        (NOTHING, "failed"),
        (ONES[:1], "failed"),
        (np.nan * ONES, "failed"),
        ("a", "failed"),
    ],
)
def test_what_is_no_mask_does_not_pass(value: Any, status: str) -> None:
    check = fresh_masks(out=(DX, OTHER))
    assert judged(check, (ONES, ONES), (mask(0.5), value)).status == status
    assert judged(check, (ONES, ONES), (value, mask(0.5))).status == status


# ------------------------------------------------------------------------------------------ left alone

PARAMS = {"W1": MATRIX, "b1": np.zeros(3)}


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (PARAMS, ""),
        ({**PARAMS, "b1": -np.zeros(3)}, ""),
        ({**PARAMS, "W1": np.nextafter(MATRIX, 9)}, 'params["W1"]'),
        ({**PARAMS, "W1": MATRIX.astype(np.float32)}, ""),
        ({**PARAMS, "W1": MATRIX.T}, 'params["W1"]'),
        ({**PARAMS, "W1": np.nan * MATRIX}, 'params["W1"]'),
        ({**PARAMS, "W1": "text"}, 'params["W1"]'),
        ({**PARAMS, "scores": MATRIX}, 'params["scores"]'),
        ({"W1": 2 * MATRIX}, 'params["W1"], params["b1"]'),
        ([1, 2], "params"),
    ],
)
def test_what_is_altered_is_named(value: Any, names: str) -> None:
    outcome = judged(left_alone("loss", "params", scores=DX), PARAMS, value)

    assert outcome.status == ("failed" if names else "passed")
    assert outcome.findings == ((Altered("loss", names),) if names else ())


@pytest.mark.parametrize(("value", "status"), [([3, 2], "passed"), ([3, 2, 4], "failed")])
def test_a_list_is_left_alone(value: Any, status: str) -> None:
    assert judged(left_alone("Net", "hidden_dims", params=DX), ([3, 2],), (value,)).status == status


# ------------------------------------------------------------------------------------------ arrays apart


def filled(**numbers: float) -> dict[str, Any]:
    return {name: np.full(3, number) for name, number in numbers.items()}


RIGHT = filled(b1=101.0, b2=102.0), filled(b1=103.0, b2=104.0)


@pytest.mark.parametrize(
    ("first", "second", "finding"),
    [
        (RIGHT[0], RIGHT[1], None),
        (filled(b1=0.0, b2=0.0), filled(b1=0.0, b2=0.0), None),
        (filled(b1=102.0, b2=102.0), RIGHT[1], SharedArrays("b", "b1, b2")),
        ({**RIGHT[0], "b1": np.array([102.0, 101.0, 101.0])}, RIGHT[1], SharedArrays("b", "b1, b2")),
        (filled(b1=103.0, b2=102.0), RIGHT[1], SharedBetweenNets("b", "b1")),
        (filled(b1=104.0, b2=104.0), filled(b1=104.0, b2=104.0), SharedArrays("b", "b1, b2")),
        ({"b1": "text"}, RIGHT[1], None),
    ],
)
def test_arrays_that_share_their_memory_are_named(first: Any, second: Any, finding: Any) -> None:
    outcome = judged(separate(b=(DX, OTHER)), RIGHT, (first, second))

    assert outcome.findings == (() if finding is None else (finding,))


# ------------------------------------------------------------------------------------------ dtypes, zeros


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        (PARAMS, None),
        ({**PARAMS, "b1": np.zeros(3, np.float32)}, OtherPrecision("p", "b1", "float64", "float32")),
        ({**PARAMS, "W1": MATRIX.astype(int)}, OtherPrecision("p", "W1", "float64", "int64")),
        ({"W1": MATRIX}, None),
    ],
)
def test_another_dtype_is_named(value: Any, finding: Any) -> None:
    outcome = judged(precision(p=DX), PARAMS, value)
    assert outcome.findings == (() if finding is None else (finding,))


def test_no_parameters_are_no_answer() -> None:
    assert judged(precision(p=DX), PARAMS, {}).status == "not_attempted"


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (np.zeros(3), "passed"),
        (np.full(3, 1e-16), "passed"),
        (np.full(3, 1e-3), "failed"),
        (np.full(3, -1e-3), "failed"),
        (np.zeros((1, 3)), "failed"),
        (np.array([0, 0, np.nan]), "failed"),
    ],
)
def test_what_should_be_0(value: Any, status: str) -> None:
    assert judged(negligible(1.0, b=DX), np.full(3, 1e-17), value).status == status


def test_the_largest_entry_of_what_should_be_0_is_told() -> None:
    outcome = judged(negligible(1.0, b=DX), np.zeros(2), np.array([0.5, -0.7]))
    assert outcome.findings == (NotNegligible("b", "0", 0.7),)


# ------------------------------------------------------------------------------------------ forms


@pytest.mark.parametrize(
    ("check", "key"),
    [
        (fresh_masks(out=(DX, OTHER)), (ONES, ONES[:1])),
        (fresh_masks(out=DX), (ONES, ONES)),
        (Check("left_alone", {"p": DX}, {"function": "loss"}), (PARAMS, PARAMS)),
        (separate(b=(DX, OTHER)), (RIGHT[0], RIGHT[0])),
        (separate(b=(DX,)), (PARAMS, PARAMS)),
        (separate(b=(DX,)), (MATRIX, PARAMS)),
        (precision(p=DX), (MATRIX, PARAMS)),
        (drops(2, 3, np.zeros(3), b=DX), (np.ones(3), PARAMS)),
        (drops(2, 3, UNITS, b=DX), (np.ones(3), PARAMS)),
        (negligible(0.0, b=DX), (MATRIX, PARAMS)),
        (negligible(1.0, b=DX), ("text", PARAMS)),
    ],
)
def test_a_damaged_check_of_a_file_is_refused(check: Check, key: tuple[Any, ...]) -> None:
    from grader.checks import kind_of

    with pytest.raises(FieldError):
        kind_of(check.kind).form(check, "checks[0]", case(check, *key))


# ------------------------------------------------------------------------------------------ hidden layers


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (UNITS, "failed"),
        (2 * UNITS, "failed"),
        (np.where(np.arange(40) % 2, UNITS, 0), "passed"),
        (-UNITS, "passed"),
        (UNITS + RNG.random(40), "passed"),
        (0 * UNITS, "passed"),
        (np.nan * UNITS, "passed"),
        (UNITS[:20], "passed"),
        (None, "not_attempted"),
    ],
)
def test_only_evidence_says_that_a_layer_drops_nothing(value: Any, status: str) -> None:
    assert judged(drops(2, 3, UNITS, out=DX), UNITS, value).status == status
