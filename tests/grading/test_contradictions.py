"""A derivative that fits a right forward pass and differs from the key is for a person, and has no name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from grader.course import CourseAssignment
from grader.grading import grade
from grader.grading.contradictions import contradictions, with_contradictions
from grader.intake import read_submission
from grader.messages import headline, say
from grader.model import Case, Outcome, Report
from grader.model.reasons import Contradiction, KnownMistake, WrongType, WrongValues
from grader.notebook.checker import judge
from grader.sandbox import Sandbox


def outcome(check: str = "values", status: str = "failed", part: str = "dx", **more: object) -> Outcome:
    finding = () if status == "passed" else (WrongValues(part),)
    scored = check != "gradient"
    made = Outcome(check, status, False, part, "N = 2", 1, scored=scored, findings=finding)  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


WRONG, FITS = outcome(), outcome("gradient", "passed")


@pytest.mark.parametrize(
    ("outcomes", "parts"),
    [
        ([WRONG, FITS], ("dx",)),
        ([WRONG, FITS, outcome(status="passed", part="dw")], ("dx",)),
        ([replace(WRONG, findings=(KnownMistake("affine-order"), WrongValues("dx"))), FITS], ("dx",)),
        ([WRONG], ()),
        ([FITS], ()),
        ([WRONG, FITS, outcome("gradient", "failed")], ()),
        ([WRONG, FITS, outcome("gradient", "kink")], ()),
        ([WRONG, FITS, outcome("gradient", "inconclusive")], ()),
        ([WRONG, FITS, outcome(part="loss")], ()),
        ([replace(WRONG, findings=(WrongType("dx"),)), FITS], ()),
        ([replace(WRONG, hidden=True), FITS], ()),
    ],
)
def test_a_part_contradicts_that_alone_is_wrong_and_fits_in_every_case(
    outcomes: list[Outcome], parts: tuple[str, ...]
) -> None:
    assert contradictions(outcomes, needs_are_right=True) == parts
    assert contradictions(outcomes, needs_are_right=False) == ()


def test_it_is_told_first_and_in_place_of_a_name() -> None:
    named = replace(WRONG, findings=(KnownMistake("affine-order"), WrongValues("dx")))
    told, fits = with_contradictions([named, FITS], ["dx"])
    assert told.findings == (Contradiction("dx"), WrongValues("dx"))
    assert fits == FITS


@pytest.fixture
def wrong_key(assignment: CourseAssignment) -> CourseAssignment:
    """An assignment whose key of `affine_backward` is twice what is due."""

    def doubled(case: Case) -> Case:
        if case.question != "affine_backward":
            return case
        return replace(case, key=tuple(2 * key if isinstance(key, np.ndarray) else key for key in case.key))

    return replace(assignment, public=tuple(map(doubled, assignment.public)))


def test_a_right_answer_beside_a_wrong_key(
    wrong_key: CourseAssignment, sandbox: Sandbox, filled: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("handed in") / "ann.ipynb"
    path.write_text(filled)
    report: Report = grade(
        read_submission(path, wrong_key.roots), wrong_key, sandbox, only=["affine_backward", "affine_forward"]
    )
    backward = next(question for question in report.questions if question.name == "affine_backward")
    assert "fits your own forward pass, which is right" in headline(backward)
    assert any(
        "`affine_backward`" in say(note) and "differs from the key" in say(note) for note in report.notes
    )
    assert wrong_key.reference is not None
    card = judge(wrong_key.question("affine_backward"), wrong_key, dict(wrong_key.reference))
    assert headline(card) == headline(backward)
