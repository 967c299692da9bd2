"""``check("…")`` in a notebook."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, write_bundle
from grader.diagnosis.evidence import value_of
from grader.notebook import Card, check

FORWARD = "def affine_forward(x, w, b):\n    return x.reshape(len(x), -1) @ w + b, (x, w, b)\n"


@pytest.fixture(autouse=True)
def beside_the_notebook(
    tmp_path: Path, assignment: CourseAssignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "two_layer_net.cases").write_bytes(write_bundle(assignment))
    monkeypatch.chdir(tmp_path)


def in_notebook(source: str, call: str) -> Card:
    namespace: dict[str, Any] = {"np": np, "check": check}
    exec(source, namespace)
    card: Card = eval(call, namespace)
    return card


def test_a_right_answer_passes_and_says_what_comes_later() -> None:
    card = in_notebook(FORWARD, "check('affine_forward')")
    assert card.passed
    assert repr(card) == "✓ affine_forward: right\n6 public cases passed; 4 hidden ones run at grading."


def test_a_wrong_answer_shows_the_smallest_case_that_fails() -> None:
    card = in_notebook(FORWARD.replace("+ b", ""), "check('affine_forward')")
    assert not card.passed
    assert "N = 1, d = (1,), M = 1" in repr(card)
    assert "print(result_0[0])" in repr(card)


def test_the_snippet_runs_as_it_is_pasted() -> None:
    card = in_notebook(FORWARD.replace("+ b", ""), "check('affine_forward')")
    (failure,) = [o for o in card.reports[0].outcomes if o.evidence][:1]
    assert failure.evidence is not None
    namespace: dict[str, Any] = {"np": np, "print": lambda value: namespace.update(seen=value)}
    exec(FORWARD + failure.evidence.snippet, namespace)
    assert value_of(namespace["seen"]) == failure.evidence.expected


def test_the_card_survives_an_untrusted_notebook() -> None:
    card = in_notebook(
        "def affine_forward(x, w, b):\n    raise ValueError('<script>alert(1)</script>')\n",
        "check('affine_forward')",
    )
    html = card._repr_html_()
    for stripped in ("<script", "<style", "<svg", "var(", " id=", "onclick"):
        assert stripped not in html
    assert "&lt;script&gt;" in html


def test_what_waits_for_another_answer_is_said() -> None:
    source = "def affine_forward(x, w, b):\n    1 / 0\ndef affine_backward(dout, cache):\n    return 1\n"
    card = in_notebook(source, "check('affine_backward')")
    assert card.reports[0].status == "blocked"
    assert "Fix `affine_forward` first" in repr(card)


def test_nothing_is_printed_and_no_random_state_moves(capsys: pytest.CaptureFixture[str]) -> None:
    random.seed(1)
    np.random.seed(1)
    expected = (random.random(), np.random.rand())
    random.seed(1)
    np.random.seed(1)
    in_notebook(FORWARD.replace("return", "print('noise'); return"), "check('affine_forward')")
    assert (random.random(), np.random.rand()) == expected
    assert capsys.readouterr().out == ""
    assert np.random.default_rng is not None
    assert np.random.default_rng(0).random() == np.random.Generator(np.random.PCG64(0)).random()


def test_an_interrupt_stops_the_check() -> None:
    with pytest.raises(KeyboardInterrupt):
        in_notebook("def affine_forward(x, w, b):\n    raise KeyboardInterrupt\n", "check('affine_forward')")


def test_literals_are_judged_live_and_predictions_later() -> None:
    card = in_notebook("shape_drill = {'rows': (5, 24), 'w': (1, 1)}", "check('shape_drill')")
    assert card.reports[0].status == "partial"
    assert in_notebook("", "check('shape_drill')").reports[0].status == "not_attempted"
    assert in_notebook("predictions = {}", "check('predictions')").reports[0].status == "awaiting_review"


def test_all_questions_at_once() -> None:
    card = in_notebook(FORWARD, "check()")
    statuses = {report.name: report.status for report in card.reports}
    assert statuses["affine_forward"] == "passed"
    assert statuses["relu_forward"] == "not_attempted"
    assert "<table>" in card._repr_html_()


@pytest.mark.parametrize(
    ("call", "words"), [("check('nope')", "no question `nope`"), ("check('')", "numerical_gradient")]
)
def test_an_unknown_question_names_those_there_are(call: str, words: str) -> None:
    assert words in repr(in_notebook("", call))


def test_a_missing_bundle_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "two_layer_net.cases").unlink()
    card = in_notebook(FORWARD, "check('affine_forward')")
    assert "put it beside this notebook" in repr(card)
    assert "put it beside" in card._repr_html_()


def test_in_the_course_itself_no_bundle_is_needed(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course / "assignments" / "two_layer_net")
    assert in_notebook(FORWARD, "check('affine_forward')").passed
