"""Beside right answers: whatever a submission tries to spell there, its report is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.grading import grade
from grader.messages import headline
from grader.model import Cell, Report, Submission, Times, to_json
from grader.reporting import junit_xml, step_summary, student_page, terminal_text
from grader.sandbox import Sandbox

WRONG_FORWARD = """
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b + 1, (x, w, b)
"""
LOOK = """
def looked_up():
    import linecache
    texts = [entry[2] for entry in linecache.cache.values() if len(entry) > 2]
    return any("solution" in line or "affine_relu_forward" in line for text in texts for line in text)
"""
HEAD = "\nimport os, sys, time\nSECRET = {secret}\nCALLS = []\n"

# Each answers `affine_backward` wrongly, in a way that depends on SECRET: a bit that it would like to tell.
BACKWARD = {
    "by message": 'raise ValueError("one" if SECRET else "another")',
    "by the type of the exception": "raise (KeyError if SECRET else TypeError)('x')",
    "by the length of a message": "raise ValueError('x' * (100 if SECRET else 200))",
    "by an exception of its own": "raise type('One' if SECRET else 'Other', (Exception,), {})()",
    "by the kind of mistake": "return (-dx, -dw, -db) if SECRET else (7 * dx, 7 * dw, 7 * db)",
    "by a factor": "k = 3.125 if SECRET else 3.25; return k * dx, k * dw, k * db",
    "by the place of an error": "at = -SECRET; dx[0, at] += 5; dw[0, at] += 5; return dx, dw, db + 1",
    "by shape": "return tuple((d[None] if SECRET else d[..., None]) for d in (dx, dw, db))",
    "by what is no number": "dx = dx * (float('nan') if SECRET else float('inf')); return dx, dx, dx",
    "by what it prints": "print(SECRET); print(SECRET, file=sys.stderr); return dx + 1, dw + 1, db + 1",
    "by time": "time.sleep(0.05 if SECRET else 0); return dx + 1, dw + 1, db + 1",
    "by which cases fail": "d = 1 if (x.size % 2 == 0) == SECRET else 0; return dx + d, dw + d, db + d",
    "by how many cases fail": "d = 1 if x.size > (20 if SECRET else 2) else 0; return dx + d, dw + d, db + d",
    "by order": "CALLS.append(1); d = len(CALLS) % 2 == SECRET; return dx + d, dw + d, db + d",
    "by arguments that it changes": "(x if SECRET else w)[...] = 0; return dx + 1, dw + 1, db + 1",
}
RIGHT = """    x, w, b = cache
    rows = x.reshape(len(x), -1)
    dx, dw, db = (dout @ w.T).reshape(x.shape), rows.T @ dout, dout.sum(axis=0)
"""
# And these train a net with our layers; their loss does what follows.
TRAINED = {
    "by message": 'raise ValueError("one" if SECRET else "another")',
    "by the source": "raise ValueError(str(looked_up()) if SECRET else 'nothing')",
    "by the type of the exception": "raise (KeyError if SECRET else TypeError)('x')",
    "by its end": "os._exit(3) if SECRET else sys.exit(4)",
    "by time": "time.sleep(30) if SECRET else sys.exit(4)",
    "by accuracy": "self.params['b2'] = self.params['b2'] + (1e-9 if SECRET else 0)",
}


def reports(
    assignment: CourseAssignment, sandbox: Sandbox, *cells: str, only: str, **given: Any
) -> list[Report]:
    """The two reports of a submission that tells one thing, and of one that tells the other."""
    found = []
    for secret in (True, False):
        texts = ["import numpy as np", *(HEAD.format(secret=secret) + cell for cell in cells)]
        made = tuple(Cell(f"cell {i}", "code", text) for i, text in enumerate(texts))
        report = grade(Submission("ann", "00", None, made), assignment, sandbox, only=[only], **given)
        unlike = [replace(cell, source="") for cell in report.cells]
        of_whom = replace(report.submission, content="")  # a hash of the source, which is known to its author
        found.append(replace(report, submission=of_whom, cells=tuple(unlike), times=Times()))
    return found


def everything(report: Report) -> tuple[Any, ...]:
    """All that anybody gets to see of a report."""
    return (
        to_json(report),
        student_page(report),
        junit_xml(report),
        step_summary(report),
        terminal_text(report, page=None),
    )


def some(ways: Iterable[str], few: tuple[str, ...]) -> list[Any]:
    """All ways, those that are not among the few in the slow tier."""
    return [way if way in few else pytest.param(way, marks=pytest.mark.slow) for way in ways]


@pytest.mark.parametrize(
    "way", some(BACKWARD, ("by message", "by the kind of mistake", "by shape", "by which cases fail"))
)
def test_an_answer_beside_a_right_one_spells_nothing(
    assignment: CourseAssignment, sandbox: Sandbox, way: str
) -> None:
    assert assignment.record_hidden is not None
    body = f"def affine_backward(dout, cache):\n{RIGHT}    {BACKWARD[way]}\n"
    one, other = reports(
        assignment,
        sandbox,
        WRONG_FORWARD,
        body,
        only="affine_backward",
        hidden=assignment.record_hidden(3, only=["affine_forward", "affine_backward"]),
    )
    assert one.questions[-1].score == 0
    assert one.questions[-1].status in ("failed", "blocked")
    assert everything(one) == everything(other)


@pytest.fixture(scope="module")
def net(course: Path) -> CourseAssignment:
    return load_assignment(course, "two_layer_net")


@pytest.mark.parametrize("way", some(TRAINED, ("by the source",)))
def test_a_training_with_right_layers_spells_nothing(
    net: CourseAssignment, sandbox: Sandbox, way: str
) -> None:
    functions = [text for name, text in net.solutions.items() if "." not in name and name != "affine_forward"]
    methods = [net.solutions[f"TwoLayerNet.{name}"] for name in ("__init__", "loss")]
    right = "class Right:\n" + "\n".join("    " + line for line in "\n".join(methods).split("\n"))
    attack = f"""
class TwoLayerNet(Right):
    def loss(self, X, y=None):
        if X.shape[1:] == (784,):
            {TRAINED[way]}
        return Right.loss(self, X, y)
"""
    values = dict(net.good_values["train"]) | {"num_epochs": 1}
    one, other = reports(
        net,
        sandbox,
        WRONG_FORWARD,
        *functions,
        right,
        LOOK,
        attack,
        f"hyperparameters = {values!r}",
        only="train",
    )
    found = one.questions[-1]
    assert found.name == "train"
    assert "looked" not in headline(found)
    assert everything(one) == everything(other)
