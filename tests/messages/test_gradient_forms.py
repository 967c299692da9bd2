"""The sentences of the gradient check: each mistake, each field and each place is told."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from grader.gradients import Explanation
from grader.gradients.explain import reason
from grader.gradients.report import Convention, Kind
from grader.messages import say
from grader.model.findings import UnknownFinding

DERIVATIVE: dict[str, Any] = {
    "part": "dw", "mistake": "", "nearby": False, "factor": 1.0, "array": "", "axis": 0, "length": 0,
    "input": "", "coefficient": 0.0, "scalar": "", "multiple": 0.0, "offset": 0.0, "actual": 0.0,
    "expected": 0.0, "dtype": "", "shape": "()", "expected_shape": "()", "rows": "", "row_count": 0,
    "columns": "", "column_count": 0, "elements": "", "element_count": 0,
}  # fmt: skip
"""The fields of ``checks.gradient.WrongDerivative``, which this test does not import."""
NOT_A_FAIL = {"kink", "rounding", "no_values", "isolated"}
ROWS = {"rows": "0, 3", "row_count": 2}
MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"mistake": "dtype", "dtype": "complex128"}, "it is of dtype complex128, where real numbers are due"),
    (
        {"mistake": "shape", "shape": "(1, 3)", "expected_shape": "(3,)"},
        "it should have shape (3,), but has shape (1, 3)",
    ),
    ({"mistake": "shape", "shape": "(1,)"}, "it should be one number, but has shape (1,)"),
    ({"mistake": "not_finite"}, "it holds values that are NaN or infinite"),
    (
        {"mistake": "not_finite", "nearby": True},
        "at a nearby point, it holds values that are NaN or infinite",
    ),
    (
        {"mistake": "not_repeatable"},
        "a second backward pass on the same input gives another gradient: something that it needs is "
        "overwritten, or it is not deterministic",
    ),
    ({"mistake": "not_given"}, "the backward pass gives no gradient"),
    ({"mistake": "sign", "factor": -1.0}, "it has the wrong sign"),
    ({"mistake": "scale", "factor": 2.0}, "it is 2 times too large"),
    ({"mistake": "scale", "factor": 1 / 3}, "it is 3 times too small"),
    ({"mistake": "scale", "factor": -2.0}, "it is -2 times the right one"),
    ({"mistake": "scale", "factor": 1.00001}, "it is 1.00001 times too large"),
    (
        {"mistake": "scale", "factor": 8.0, "array": "dout", "axis": 1, "length": 8},
        "it is 8 times too large (8 is the length of axis 1 of `dout`)",
    ),
    ({"mistake": "zero"}, "it is 0 everywhere"),
    ({"mistake": "nonzero"}, "it should be 0 everywhere"),
    (
        {"mistake": "term", "input": "w", "coefficient": 0.35},
        "it lacks the term 0.35 · w (the gradient of a regularisation, or a part of it)",
    ),
    (
        {"mistake": "term", "input": "w", "coefficient": -1.0},
        "it contains an extra term, w (a regularisation that is doubled, or not in the loss)",
    ),
    (
        {"mistake": "term", "input": "w", "coefficient": 0.7, "scalar": "reg", "multiple": 1.0},
        "it lacks the term reg · w (the gradient of a regularisation, or a part of it)",
    ),
    (
        {"mistake": "term", "input": "w", "coefficient": 0.35, "scalar": "reg", "multiple": 0.5},
        "it lacks the term 0.5 · reg · w (the gradient of a regularisation, or a part of it)",
    ),
    ({"mistake": "offset", "offset": 2.0}, "every entry is too large by 2"),
    ({"mistake": "offset", "offset": -0.5}, "every entry is too small by 0.5"),
    ({"mistake": "transpose"}, "it is transposed"),
    ({"mistake": "reversed"}, "it has its rows in reversed order"),
    ({"mistake": "swapped"}, "they are swapped"),
    ({"mistake": "value", "actual": 3.0, "expected": 1.5}, "it should be 1.5, but is 3"),
    ({"mistake": "value", "actual": 1.00000001, "expected": 1.0}, "it should be 1, but is 1.00000001"),
    ({"mistake": "most"}, "most of its entries are wrong"),
    ({"mistake": "spread"}, "it is wrong in most of its rows and columns"),
    ({"mistake": "unexplained"}, "it does not agree with differences of the forward pass"),
    (
        {"mistake": "special_value", "elements": "[3], [4]", "element_count": 2},
        "at entries [3], [4] it is neither a slope of the function nor between its slopes on the left and "
        "the right",
    ),
    (
        {"mistake": "tie", "elements": "[3], [4]", "element_count": 2},
        "the inputs at entries [3], [4] are tied and share one slope, which it counts more than once, or not "
        "at all",
    ),
    ({"rows": "3", "row_count": 1}, "only row 3 is wrong"),
    (ROWS, "only rows 0, 3 are wrong"),
    ({"rows": "0, 3", "row_count": 9}, "only rows 0, 3 and 7 more are wrong"),
    ({"columns": "2", "column_count": 1}, "only column 2 is wrong"),
    ({"columns": "2, 3", "column_count": 2}, "only columns 2, 3 are wrong"),
    ({"elements": "[0, 1]", "element_count": 1}, "only entry [0, 1] is wrong"),
    (
        {"rows": "1", "row_count": 1, "elements": "[0, 1], [2, 2]", "element_count": 3},
        "only row 1 and entries [0, 1], [2, 2] and 1 more are wrong",
    ),
    (ROWS | {"mistake": "sign"}, "only rows 0, 3 are wrong: they have the wrong sign"),
    (ROWS | {"mistake": "zero"}, "only rows 0, 3 are wrong: they are 0 everywhere"),
    (ROWS | {"mistake": "nonzero"}, "only rows 0, 3 are wrong: they should be 0 everywhere"),
    (ROWS | {"mistake": "scale", "factor": 2.0}, "only rows 0, 3 are wrong: they are 2 times too large"),
    (ROWS | {"mistake": "scale", "factor": 0.5}, "only rows 0, 3 are wrong: they are 2 times too small"),
    (
        ROWS | {"mistake": "scale", "factor": -2.0},
        "only rows 0, 3 are wrong: they are -2 times the right ones",
    ),
    (ROWS | {"mistake": "swapped"}, "only rows 0, 3 are wrong: they are swapped"),
    (
        {"mistake": "value", "actual": 3.0, "expected": 1.5, "elements": "[2, 3]", "element_count": 1},
        "only entry [2, 3] is wrong: it should be 1.5, but is 3",
    ),
]
LEFT = {"convention": "x > 0", "kinked": 3, "examined": 8}
RIGHT = {"convention": "x >= 0", "kinked": 3, "examined": 8}
BETWEEN = {"convention": "between", "kinked": 1, "examined": 2}
KINKS: list[tuple[dict[str, Any], str]] = [
    ({"convention": "", "kinked": 0, "examined": 0}, "the slopes on its two sides differ"),
    (LEFT, "at 3 of 8 entries looked at it takes the slope on the left, as x > 0 does for a ReLU"),
    (RIGHT, "at 3 of 8 entries looked at it takes the slope on the right, as x >= 0 does for a ReLU"),
    (BETWEEN, "at 1 of 2 entries looked at it takes a value between the slopes on the two sides"),
]


def said(kind: str, *, hidden: bool = False, **fields: Any) -> str:
    return say(UnknownFinding(kind, fields), hidden=hidden)


@pytest.mark.parametrize(("fields", "why"), MISTAKES)
def test_why_a_gradient_is_not_the_derivative(fields: dict[str, Any], why: str) -> None:
    sentence = said("derivative", **DERIVATIVE | fields)
    assert sentence == f"dw is not the derivative of your own forward pass: {why}."


def test_without_a_reason_the_sentence_ends() -> None:
    assert said("derivative", **DERIVATIVE) == "dw is not the derivative of your own forward pass."


def test_every_mistake_and_every_field_is_told() -> None:
    assert {f.get("mistake", "") for f, _ in MISTAKES} - {""} == set(get_args(Kind)) - NOT_A_FAIL
    assert {name for fields, _ in MISTAKES for name in fields} | {"part"} == set(DERIVATIVE)


@pytest.mark.parametrize("kind", ["sign", "zero", "nonzero", "transpose", "reversed", "most", "spread"])
def test_the_words_are_those_of_the_gradients_themselves(kind: Kind) -> None:
    sentence = said("derivative", **DERIVATIVE | {"mistake": kind})
    assert sentence.endswith(f": {reason(Explanation(kind))}.")


def test_of_a_hidden_case_the_part_alone_is_told() -> None:
    sentence = said("derivative", hidden=True, **DERIVATIVE | {"mistake": "value", "actual": 3.0})
    assert sentence == "In a hidden case dw is not the derivative of the forward pass."


@pytest.mark.parametrize(("fields", "why"), KINKS)
def test_a_kink_is_explained(fields: dict[str, Any], why: str) -> None:
    sentence = said("kink", part="dx", **fields)
    assert (
        sentence == f"dx was measured on a kink, where a convention decides ({why}): this is not a mistake."
    )


def test_every_convention_is_told() -> None:
    assert {fields["convention"] for fields, _ in KINKS} == {"", *get_args(Convention)}


@pytest.mark.parametrize(
    ("cause", "sentence"),
    [
        (
            "rounding",
            "dx could not be measured well enough here: an error below 1e-05 would not have been seen.",
        ),
        (
            "no_values",
            "dx could not be measured here: the forward pass gives no finite values beside this point.",
        ),
        (
            "isolated",
            "dx could not be judged here: it differs from what is measured along random lines, but at no "
            "single entry and not at a nearby point.",
        ),
    ],
)
def test_what_is_inconclusive_says_why(cause: str, sentence: str) -> None:
    assert said("inconclusive", part="dx", cause=cause, resolution=1e-5) == sentence


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"reason": "not_finite"}, "the forward pass gives values that are not finite"),
        (
            {"reason": "not_array", "shape": "(3, 2)"},
            "the forward pass gives no array of real numbers of shape (3, 2)",
        ),
        ({"reason": "not_array"}, "the forward pass does not give one real number"),
        (
            {"reason": "no_gradient", "array": "dw"},
            "at a nearby point the backward pass gives no array for dw",
        ),
    ],
)
def test_what_could_not_be_measured_says_why(fields: dict[str, Any], why: str) -> None:
    sentence = said("unmeasured", **{"part": "dx", "shape": "()", "array": ""} | fields)
    assert sentence == f"dx could not be measured: {why}."
