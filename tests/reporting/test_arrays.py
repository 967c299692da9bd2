from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.diagnosis.evidence import value_of
from grader.model import Value
from grader.reporting.pages.arrays import side_by_side


def shown(expected: Value, actual: Value) -> tuple[str, str]:
    """Both texts, the entries that differ in <>."""
    right, came = side_by_side(expected, actual)
    return "".join(p.text for p in right), "".join(f"<{p.text}>" if p.differs else p.text for p in came)


@pytest.mark.parametrize(
    ("expected", "actual", "right", "came"),
    [
        ([-1.991727, 0.269968], [-0.995863, 0.269968], "[-1.99,  0.27]", "[<-1.00>,  0.27]"),
        ([[-2.0, -2.0]], [[0.0, -2.0]], "[[-2, -2]]", "[[< 0>, -2]]"),
        (1.397622463, 1.357322559, "1.40", "<1.36>"),
        (-0.0, np.nan, "0", "<nan>"),
        ([-0.0, 1.0], [1.0, 1.0], "[0, 1]", "[<1>, 1]"),
        ([1.000001, 2.0], [1.000002, 2.0], "[1.000001, 2.000000]", "[<1.000002>, 2.000000]"),
        ([1.0, 2.0], [np.nan, 2.0], "[  1,   2]", "[<nan>,   2]"),
        ([1.0, 2.0], [-np.inf, 2.0], "[   1,    2]", "[<-inf>,    2]"),
        ([1e-08, 2e-08], [3e-08, 2e-08], "[1.00e-08, 2.00e-08]", "[<3.00e-08>, 2.00e-08]"),
        ([1.5, 2.5], [[1.5, 2.5]], "[1.50, 2.50]", "[[1.50, 2.50]]"),
        ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 5.0]], "[[1, 2],\n [3, 4]]", "[[1, 2],\n [3, <5>]]"),
    ],
)
def test_arrays_have_few_digits_and_marks_where_they_differ(
    expected: Any, actual: Any, right: str, came: str
) -> None:
    assert shown(value_of(np.array(expected)), value_of(np.array(actual))) == (right, came)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Value("nothing"), "nothing"),
        (Value("dict", detail="'W1': (2, 3)"), "'W1': (2, 3)"),
        (Value("array", (100,), "float64", (1.0, 2.5)), "array of shape (100,), beginning [1, 2.5]"),
    ],
)
def test_what_is_no_whole_array_comes_back_as_it_is_said(value: Value, text: str) -> None:
    assert shown(Value("array", (1,), "float64", (1.23456,)), value) == ("[1.23456]", text)
