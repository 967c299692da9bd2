"""The stages of grading, where the golden submissions do not look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.course import CourseAssignment, public_side
from grader.grading import cases, grade
from grader.grading.stream import Job, fault_report, stream
from grader.intake import read_submission
from grader.messages import headline, say
from grader.model import Cell, SandboxInfo, Stamp, Submission
from grader.sandbox import Sandbox

CODE = ["affine_forward", "affine_backward"]


def submission(*cells: str) -> Submission:
    return Submission(
        "ann", "00", None, tuple(Cell(f"cell {i}", "code", text) for i, text in enumerate(cells))
    )


FORWARD = (
    "import numpy as np\ndef affine_forward(x, w, b):\n    return x.reshape(len(x), -1) @ w + b, (x, w, b)\n"
)
BACKWARD = (
    "def affine_backward(dout, cache):\n    x, w, b = cache\n"
    "    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(0)\n"
)


def statuses(report: Any) -> dict[str, str]:
    return {question.name: question.status for question in report.questions}


def test_a_wrong_upstream_is_replaced_and_said(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    report = grade(
        submission(FORWARD.replace("+ b", ""), BACKWARD.replace("cache\n", "cache; x = x + 0\n")),
        assignment,
        sandbox,
        only=CODE,
    )
    assert statuses(report) == {"affine_forward": "failed", "affine_backward": "passed"}
    broken = grade(
        submission("def affine_forward(x, w, b):\n    return 1 / 0\n", BACKWARD),
        assignment,
        sandbox,
        only=CODE,
    )
    backward = broken.questions[1]
    assert (backward.status, backward.substitutes) == ("passed", ("affine_forward",))
    assert "correct `affine_forward`" in headline(backward)


def test_without_a_reference_it_is_blocked(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    bundle = public_side(assignment)
    report = grade(
        submission("def affine_forward(x, w, b):\n    return 1 / 0\n", BACKWARD), bundle, sandbox, only=CODE
    )
    backward = report.questions[1]
    assert (backward.status, backward.score, backward.blocked_by) == ("blocked", 0.0, ("affine_forward",))


def test_zeros_forward_and_backward_earn_nothing(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    zeros = (
        "import numpy as np\ndef affine_forward(x, w, b):\n    return np.zeros((len(x), len(b))), (x, w, b)\n"
        "def affine_backward(dout, cache):\n    return [np.zeros_like(a) for a in cache]\n"
    )
    report = grade(submission(zeros), assignment, sandbox, only=CODE)
    assert report.score == 0
    assert set(statuses(report).values()) == {"failed"}


def test_a_fault_of_ours_costs_no_points(
    assignment: CourseAssignment, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("ours")

    monkeypatch.setattr(cases, "judge_case", broken)
    report = grade(submission(FORWARD, BACKWARD), assignment, sandbox, only=CODE)
    assert report.score == report.max_score
    assert report.provisional
    assert set(statuses(report).values()) == {"grader_fault"}
    assert "not your fault" in headline(report.questions[0])


def test_an_older_release_is_said(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    old = replace(submission(FORWARD), stamp=Stamp("two_layer_net", "0.9"))
    report = grade(old, assignment, sandbox, only=["affine_forward"])
    assert any("0.9" in say(note) for note in report.notes)


def test_a_question_brings_what_it_needs_but_is_reported_alone(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    report = grade(submission(FORWARD, BACKWARD), assignment, sandbox, only=["affine_backward"])
    assert [question.name for question in report.questions] == ["affine_backward"]
    assert report.max_score == 9


def test_a_class_is_graded_in_processes_and_a_bad_submission_stops_nothing(
    course: Path, tmp_path: Path
) -> None:
    (tmp_path / "good.py").write_text(FORWARD + BACKWARD)
    (tmp_path / "bad.ipynb").write_text("{")
    jobs = [(tmp_path / "good.py", "good"), (tmp_path / "bad.ipynb", "bad"), (tmp_path / "gone.py", "gone")]
    reports = {r.submission.id: r for r in stream(jobs, Job(str(course), "two_layer_net", 1), workers=2)}
    assert set(reports) == {"good", "bad", "gone"}
    assert reports["good"].score == 14
    problem = reports["bad"].problem
    assert problem is not None
    assert "damaged" in say(problem)
    assert reports["gone"].problem


def test_a_fault_report_is_whole(assignment: CourseAssignment) -> None:
    report = fault_report(assignment, Submission("ann", ""), SandboxInfo("sealed"), "MemoryError")
    assert report.score == report.max_score
    assert len(report.questions) == len(assignment.questions)


def test_reading_never_runs_anything(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    read_submission(path, ("f",))
    assert not (tmp_path / "ran").exists()


def test_an_answer_that_does_not_parse_or_load_is_an_error_that_says_where(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    broken = Cell(
        "cell 1", "code", "def relu_forward(x):\n    return (", problem="line 2: '(' was never closed"
    )
    hanging = Cell(
        "cell 2",
        "code",
        "class Evil:\n    import os\n    os._exit(0)\ndef sgd(w, dw, config=None):\n    return w",
    )
    undecorated = Cell("cell 3", "code", "@njit\ndef relu_backward(dout, cache):\n    return dout")
    odd = Submission("ann", "00", None, (broken, hanging, undecorated))
    report = grade(odd, assignment, sandbox, only=["relu_forward", "sgd", "relu_backward", "svm_loss"])
    found = {q.name: (q.status, headline(q)) for q in report.questions}
    assert found["relu_forward"] == (
        "error",
        "The answer in cell 1 does not parse: line 2: '(' was never closed.",
    )
    assert found["sgd"][0] == "crashed"
    assert "cell 2" in found["sgd"][1]
    assert found["relu_backward"][0] == "error"
    assert "njit" in found["relu_backward"][1]
    assert found["svm_loss"][0] == "not_attempted"


@pytest.mark.slow
def test_a_submission_that_kills_the_sandbox_costs_itself(assignment: CourseAssignment) -> None:
    # The child dies a moment after its zygote: the loop keeps it from answering in between.
    killer = "def relu_forward(x):\n    import os\n    os.kill(os.getppid(), 9)\n    while True: pass\n"
    unsealed = ("own user", "seccomp", "Landlock")  # each of which denies a signal to the zygote
    with Sandbox(without=unsealed) as own:
        report = grade(submission(FORWARD, killer), assignment, own, only=["affine_forward", "relu_forward"])
    assert statuses(report) == {"affine_forward": "passed", "relu_forward": "crashed"}


def test_hidden_inputs_reach_no_name(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    assert assignment.record_hidden is not None
    leak = (
        "import numpy as np\nL = lambda x: 'LEAK' + '_'.join('%g' % v for v in x.ravel()[:6])\n"
        "def affine_forward(x, w, b):\n    raise type(L(x), (Exception,), {})()\n"
        "def relu_forward(x):\n    return type(L(x), (), {})(), x\n"
        "def svm_loss(x, y):\n    return np.zeros(1, dtype=[(L(x), float)]), {L(x): 1}\n"
    )
    names = ["affine_forward", "relu_forward", "svm_loss"]
    report = grade(submission(leak), assignment, sandbox, hidden=assignment.record_hidden(3), only=names)
    for question in report.questions:
        hidden = [outcome for outcome in question.outcomes if outcome.hidden]
        assert hidden
        assert "LEAK" not in str(hidden)
