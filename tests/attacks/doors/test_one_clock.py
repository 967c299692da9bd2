"""One submission has one budget over all its sessions: what hangs starves nobody."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from grader.course import CourseAssignment
from grader.grading import grade
from grader.messages import sentence
from grader.model import Cell, Submission
from grader.sandbox import Budget, Limits, Sandbox


def test_a_question_has_its_share_first_and_the_pool_is_everybodys() -> None:
    budget = Budget(100.0, ["a", "b"])
    assert budget.left("a") == 75.0
    budget.spend("a", 60.0)
    assert (budget.left("a"), budget.left("b")) == (15.0, 40.0)
    budget.spend("a", 60.0)
    assert (budget.left("a"), budget.left("b")) == (0.0, 25.0)
    budget.spend("", 10.0)
    assert (budget.left(""), budget.left("b")) == (0.0, 25.0)


@pytest.mark.slow
def test_questions_that_hang_cost_one_budget_and_starve_nobody(assignment: CourseAssignment) -> None:
    code = [question.name for question in assignment.questions if question.kind == "code"]
    hanging = {name for name in code if "." not in name} - {"sgd", "relu_forward"}
    sources = {
        name: f"def {name}(*args, **kwargs):\n    while True: pass\n" if name in hanging else source
        for name, source in assignment.solutions.items()
        if "." not in name
    }
    cells = tuple(Cell(n, "code", f"import numpy as np\n{text}") for n, text in sources.items())
    seconds = 3.0
    with Sandbox(replace(Limits(), session=seconds, case=1.0)) as sandbox:
        started = time.monotonic()
        report = grade(Submission("eve", "", cells=cells), assignment, sandbox, only=code)
        taken = time.monotonic() - started
    found = {question.name: question for question in report.questions}
    assert {name: found[name].status for name in ("sgd", "relu_forward")} == {
        "sgd": "passed",
        "relu_forward": "passed",
    }
    assert {found[name].status for name in hanging} == {"timeout"}
    assert sum(found[name].score for name in hanging) == 0
    told = {sentence(outcome) for name in hanging for outcome in found[name].outcomes}
    assert any("as a whole" in message for message in told), told
    assert taken < 15 * seconds  # one budget, and of each question the case in which it ran out


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    ["while True: pass", "import time; time.sleep(100)", "import os; os._exit(0)"],
)
def test_what_hangs_at_loading_is_not_waited_for_again_and_again(
    body: str, assignment: CourseAssignment
) -> None:
    cells = tuple(Cell(f"cell {n}", "code", f"class C{n}:\n    {body}\n") for n in range(9))
    answers = tuple(
        Cell(n, "code", f"def {n}(*a):\n    return 0\n") for n in ("affine_forward", "affine_backward")
    )
    with Sandbox(replace(Limits(), load=0.5, session=3.0)) as sandbox:
        started = time.monotonic()
        report = grade(
            Submission("eve", "", cells=cells + answers), assignment, sandbox, only=["affine_backward"]
        )
        taken = time.monotonic() - started
    assert report.score == 0
    assert taken < 15
