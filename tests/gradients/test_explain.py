"""Every kind of explanation is said in English, and every field that it has is in the sentence."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from grader.gradients import ArrayReport, Explanation, GradientReport, Note, Where, explain
from grader.gradients.explain import reason
from grader.gradients.report import Convention, Kind, Status

GRADIENTS = Path(__file__).resolve().parents[2] / "grader" / "gradients"
ROWS = Where(rows=(0, 3))
CLAUSES = [
    (Explanation("dtype", dtype="complex128"), "it is of dtype complex128, where real numbers are due"),
    (
        Explanation("shape", shape=(1, 3), expected_shape=(3,)),
        "it should have the shape of its input, (3,), but has shape (1, 3)",
    ),
    (Explanation("shape", shape=(1,)), "it should be one number, but has shape (1,)"),
    (
        Explanation("shape", expected_shape=(3,)),
        "it should have the shape of its input, (3,), but is one number",
    ),
    (Explanation("not_finite"), "it holds values that are NaN or infinite"),
    (Explanation("not_finite", nearby=True), "at a nearby point, it holds values that are NaN or infinite"),
    (
        Explanation("not_repeatable"),
        "a second backward pass on the same input gives another gradient: something that it needs is "
        "overwritten, or it is not deterministic",
    ),
    (Explanation("not_given"), "backward gives no gradient"),
    (Explanation("sign", factor=-1), "it has the wrong sign"),
    (Explanation("scale", factor=2), "it is 2 times too large"),
    (Explanation("scale", factor=1 / 3), "it is 3 times too small"),
    (Explanation("scale", factor=-2), "it is -2 times the right one"),
    (Explanation("scale", factor=1.00001), "it is 1.00001 times too large"),
    (
        Explanation("scale", factor=8, array="x", axis=1, length=8),
        "it is 8 times too large (8 is the length of axis 1 of x)",
    ),
    (Explanation("zero"), "it is 0 everywhere"),
    (Explanation("nonzero"), "it should be 0 everywhere"),
    (
        Explanation("term", input="w", coefficient=0.35),
        "it lacks the term 0.35 · w (the gradient of a regularisation, or a part of it)",
    ),
    (
        Explanation("term", input="w", coefficient=1),
        "it lacks the term w (the gradient of a regularisation, or a part of it)",
    ),
    (
        Explanation("term", input="w", coefficient=-0.7, scalar="reg", multiple=1),
        "it contains an extra term, reg · w (a regularisation that is doubled, or not in the loss)",
    ),
    (
        Explanation("term", input="w", coefficient=0.35, scalar="reg", multiple=0.5),
        "it lacks the term 0.5 · reg · w (the gradient of a regularisation, or a part of it)",
    ),
    (Explanation("offset", offset=2), "every entry is too large by 2"),
    (Explanation("offset", offset=-0.5), "every entry is too small by 0.5"),
    (Explanation("transpose"), "it is transposed"),
    (Explanation("reversed"), "it has its rows in reversed order"),
    (Explanation("swapped"), "they are swapped"),
    (Explanation("value", actual=3, expected=1.5), "it should be 1.5, but is 3"),
    (
        Explanation("value", actual=1.00000001, expected=1),
        "it should be 1, but is 1.00000001",
    ),
    (Explanation("most"), "most of its entries are wrong"),
    (Explanation("spread"), "it is wrong in most of its rows and columns"),
    (Explanation("unexplained"), "it does not agree with differences of the forward pass"),
    (
        Explanation("special_value"),
        "it is neither a slope of the function nor between its slopes on the left and the right",
    ),
    (
        Explanation("tie"),
        "some inputs are tied and share one slope, which it counts more than once, or not at all",
    ),
    (Explanation("kink"), "the slopes on the two sides of the point differ"),
    (
        Explanation("kink", convention="x > 0", kinked=3, examined=8),
        "the point is on a kink at 3 of 8 entries looked at, and the gradient takes the slope on the left "
        "there, as x > 0 does for a ReLU",
    ),
    (
        Explanation("kink", convention="x >= 0", kinked=3, examined=8),
        "the point is on a kink at 3 of 8 entries looked at, and the gradient takes the slope on the right "
        "there, as x >= 0 does for a ReLU",
    ),
    (
        Explanation("kink", convention="between", kinked=1, examined=2),
        "the point is on a kink at 1 of 2 entries looked at, and the gradient takes a value between the "
        "slopes on its two sides",
    ),
    (Explanation("rounding"), "rounding hides the effect of so small a gradient"),
    (Explanation("no_values"), "the forward pass gives no finite values beside this point"),
    (
        Explanation("isolated"),
        "it differs along random lines, but at no single entry and not at a nearby point",
    ),
]
PLACES = [
    (Where(rows=(3,)), "only row 3 is wrong"),
    (ROWS, "only rows 0, 3 are wrong"),
    (Where(columns=(2,)), "only column 2 is wrong"),
    (Where(elements=((0, 1),)), "only entry [0, 1] is wrong"),
    (Where(rows=(1,), elements=((0, 1), (2, 2))), "only row 1 and entries [0, 1], [2, 2] are wrong"),
    (Where(columns=tuple(range(8))), "only columns 0, 1, 2, 3, 4 and 3 more are wrong"),
]


@pytest.mark.parametrize(("explanation", "clause"), CLAUSES)
def test_each_explanation_has_its_clause(explanation: Explanation, clause: str) -> None:
    assert reason(explanation) == clause


def test_no_kind_convention_or_field_is_left_out() -> None:
    explanations = [explanation for explanation, _ in CLAUSES]
    used = {
        one.name for one in fields(Explanation) for e in explanations if getattr(e, one.name) != one.default
    }
    assert {e.kind for e in explanations} == set(get_args(Kind))
    assert {e.convention for e in explanations} == {"", *get_args(Convention)}
    assert used == {one.name for one in fields(Explanation)}


@pytest.mark.parametrize(("where", "clause"), PLACES)
def test_places_are_listed(where: Where, clause: str) -> None:
    assert reason(None, where) == clause


@pytest.mark.parametrize(
    ("explanation", "where", "clause"),
    [
        (Explanation("sign"), Where(rows=(3,)), "only row 3 is wrong: it has the wrong sign"),
        (Explanation("sign"), ROWS, "only rows 0, 3 are wrong: they have the wrong sign"),
        (Explanation("scale", factor=2), ROWS, "only rows 0, 3 are wrong: they are 2 times too large"),
        (
            Explanation("scale", factor=-2),
            ROWS,
            "only rows 0, 3 are wrong: they are -2 times the right ones",
        ),
        (Explanation("zero"), ROWS, "only rows 0, 3 are wrong: they are 0 everywhere"),
        (Explanation("nonzero"), ROWS, "only rows 0, 3 are wrong: they should be 0 everywhere"),
        (Explanation("swapped"), ROWS, "only rows 0, 3 are wrong: they are swapped"),
        (
            Explanation("value", actual=3, expected=1.5),
            Where(elements=((0, 1),)),
            "only entry [0, 1] is wrong: it should be 1.5, but is 3",
        ),
        (
            Explanation("special_value"),
            Where(elements=((3,), (4,))),
            "at [3], [4] it is neither a slope of the function nor between its slopes on the left and the "
            "right",
        ),
    ],
)
def test_a_cause_at_some_places_alone(explanation: Explanation, where: Where, clause: str) -> None:
    assert reason(explanation, where) == clause


@pytest.mark.parametrize(
    ("status", "kind", "sentence"),
    [
        ("pass", None, "this is the derivative (an error of 1e-09 would have been seen)."),
        ("fail", None, "this is not the derivative."),
        ("fail", "transpose", "this is not the derivative: it is transposed."),
        ("kink", None, "a convention decides here."),
        ("kink", "kink", "a convention decides here: the slopes on the two sides of the point differ."),
        ("inconclusive", None, "could not be decided: an error below 1e-09 would not have been seen."),
        (
            "inconclusive",
            "rounding",
            "could not be decided: an error below 1e-09 would not have been seen (rounding hides the effect "
            "of so small a gradient).",
        ),
        (
            "inconclusive",
            "no_values",
            "could not be decided: the forward pass gives no finite values beside this point.",
        ),
    ],
)
def test_each_status_has_its_sentence(status: Status, kind: Kind | None, sentence: str) -> None:
    explanation = Explanation(kind) if kind is not None else None
    assert ArrayReport(status, 0.0, 1e-9, explanation).explain() == sentence


def test_a_report_has_a_line_for_each_array_and_for_each_note() -> None:
    arrays = {"w": ArrayReport("fail", 1.0, 1e-9, where=ROWS), "b": ArrayReport("fail", 1.0, 1e-9)}
    notes = (
        Note("random", "forward"),
        Note("writes_input", "backward", "w"),
        Note("writes_dout", "backward"),
    )
    report = GradientReport("fail", arrays, 40, notes)

    assert report.explain() == explain(report)
    assert explain(report).splitlines() == [
        "w: this is not the derivative: only rows 0, 3 are wrong.",
        "b: this is not the derivative.",
        "Note: the forward pass gave two different results for one input.",
        "Note: backward writes to its input w.",
        "Note: backward writes to dout: the layer after it would see the change.",
    ]


@pytest.mark.parametrize("path", sorted(GRADIENTS.glob("*.py")), ids=lambda path: path.name)
def test_sentences_are_made_of_results_in_one_file_and_of_calls_in_another(path: Path) -> None:
    if path.name in ("explain.py", "calls.py"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    exempt = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))  # docstrings
        for part in ast.walk(node)
    }
    texts = [text for node in ast.walk(tree) if id(node) not in exempt and (text := _text(node))]
    assert [text for text in texts if len(text.split()) >= 4] == []


def _text(node: ast.AST) -> str:
    """A string constant, or an f-string with ``{}`` for what is filled in; empty for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
