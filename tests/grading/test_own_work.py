"""Derivatives that are measured are seen, however they are written; honest slow ones are not."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, load_assignment
from grader.grading import grade
from grader.grading.cases import judge_cases
from grader.grading.own_work import foreign_library, suspected_numerical_differentiation
from grader.intake import tree_of
from grader.messages import say, sentence
from grader.model import Cell, Outcome, Submission
from grader.model.verdicts import judge
from grader.sandbox import LocalSession, Sandbox
from reference.losses import softmax_loss as right_softmax_loss

DIFFERENCE = """
def slopes(f, x, h=1e-6):
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        above = f()
        x[i] = kept - h
        below = f()
        x[i] = kept
        grad[i] = (above - below) / (2 * h)
    return grad
"""
BACKWARD = """
def affine_backward(dout, cache):
    x, w, b = (a.copy() for a in cache)
    f = lambda: np.sum({forward} * dout)
    return slopes(f, x), slopes(f, w), slopes(f, b)
"""
FORWARD = "affine_forward(x, w, b)[0]"
INLINE = "(x.reshape(x.shape[0], -1) @ w + b)"

STACKED = """
def affine_backward(dout, cache):
    def slopes(k):
        parts, shape = [np.asarray(a)[None] for a in cache], cache[k].shape
        n = cache[k].size
        {stack}
        X, W, B = parts
        found = X.reshape(X.shape[0], X.shape[1], -1) @ W + B[:, None]
        return {slope}.reshape(shape)
    x, w, b = cache
    value = (x.reshape(len(x), -1) @ w + b) * dout
    return slopes(0), slopes(1), slopes(2)
"""
EYE = "parts[k] = np.tile(parts[k], (n,) + (1,) * len(shape)) + {h} * np.eye(n).reshape((n, *shape))"
IN_PLACE = (
    "parts[k] = np.zeros((n, *shape), complex); parts[k][:] = cache[k]; "
    "parts[k].reshape(n, n)[np.arange(n), np.arange(n)] += 1e-20j"
)
STEP, SLOPE = "((found * dout).sum((1, 2)) - value.sum())", "((found * dout).sum((1, 2)).imag / 1e-20)"
MAX_MEASUREMENTS = {
    "one complex step for all": STACKED.format(stack=EYE.format(h="1e-20j"), slope=SLOPE),
    "one complex step, written into zeros": STACKED.format(stack=IN_PLACE, slope=SLOPE),
    "one difference for all": STACKED.format(stack=EYE.format(h="1.0"), slope=STEP),
    "one complex step of the forward pass": """
def affine_backward(dout, cache):
    def slopes(k):
        parts = list(cache)
        rows = []
        for i in range(cache[k].size):
            moved = cache[k].astype(complex)
            moved.flat[i] += 1e-20j
            rows.append(np.vdot(dout, affine_forward(*parts[:k], moved, *parts[k + 1:])[0]).imag / 1e-20)
        return np.array(rows).reshape(cache[k].shape)
    return slopes(0), slopes(1), slopes(2)
""",
    "central differences of the forward pass": DIFFERENCE + BACKWARD.format(forward=FORWARD),
    "a step of 1, exact on a linear layer": DIFFERENCE.replace("h=1e-6", "h=1.0")
    + BACKWARD.format(forward=FORWARD),
    "a renamed copy of the forward pass": (
        "def helper(x, w, b):\n    return np.dot(np.array(x).reshape(len(x), -1), w) + b, None\n"
        + DIFFERENCE
        + BACKWARD.format(forward="helper(x, w, b)[0]")
    ),
    "inline, without any function": DIFFERENCE + BACKWARD.format(forward=INLINE),
    "complex step": """
def affine_backward(dout, cache):
    def slopes(k):
        parts = [np.array(a, dtype=complex) for a in cache]
        grad = np.zeros(parts[k].shape)
        for i in np.ndindex(grad.shape):
            parts[k][i] += 1e-20j
            x, w, b = parts
            grad[i] = np.sum((x.reshape(x.shape[0], -1) @ w + b) * dout).imag / 1e-20
            parts[k][i] -= 1e-20j
        return grad
    return slopes(0), slopes(1), slopes(2)
""",
    "Richardson": """
def affine_backward(dout, cache):
    def slopes(k):
        parts = [a.copy() for a in cache]
        grad = np.zeros_like(parts[k])
        def value(i, h):
            kept = parts[k][i]
            parts[k][i] = kept + h
            x, w, b = parts
            found = np.einsum("nd,dm->nm", x.reshape(x.shape[0], -1), w) + b
            parts[k][i] = kept
            return np.sum(found * dout)
        for i in np.ndindex(grad.shape):
            one = (value(i, 1e-4) - value(i, -1e-4)) / 2e-4
            two = (value(i, 2e-4) - value(i, -2e-4)) / 4e-4
            grad[i] = (4 * one - two) / 3
        return grad
    return slopes(0), slopes(1), slopes(2)
""",
}

HONEST = {
    "matrix products": "return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(0)",
    "einsum": """X = x.reshape(len(x), -1)
    dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
    return dx, np.einsum("nd,nm->dm", X, dout), np.einsum("nm->m", dout)""",
    "rows": """dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)
    for n in range(len(x)):
        dx[n] = (w @ dout[n]).reshape(x[n].shape)
        dw += np.outer(x[n].ravel(), dout[n])
        db += dout[n]
    return dx, dw, db""",
    "columns": """X = x.reshape(len(x), -1)
    dX, dw = np.zeros_like(X), np.zeros_like(w)
    for m in range(w.shape[1]):
        dw[:, m] = X.T @ dout[:, m]
        dX += dout[:, [m]] * w[:, m]
    return dX.reshape(x.shape), dw, dout.sum(axis=0)""",
    "every element": """X = x.reshape(len(x), -1)
    dX, dw, db = np.zeros_like(X), np.zeros_like(w), np.zeros_like(b)
    for n in range(X.shape[0]):
        for m in range(w.shape[1]):
            db[m] += dout[n, m]
            for d in range(X.shape[1]):
                dX[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += X[n, d] * dout[n, m]
    return dX.reshape(x.shape), dw, db""",
    "lists": """X, W, G = x.reshape(len(x), -1).tolist(), w.tolist(), dout.tolist()
    dx = [[sum(g * v for g, v in zip(row, line)) for line in W] for row in G]
    dw = [[sum(X[n][d] * G[n][m] for n in range(len(X))) for m in range(len(W[0]))] for d in range(len(W))]
    return np.array(dx).reshape(x.shape), np.array(dw), np.array(dout).sum(0)""",
}


@pytest.fixture(scope="module")
def deep(course: Path) -> CourseAssignment:
    return load_assignment(course, "deep_nets")


def seen(assignment: CourseAssignment, question: str, source: str) -> Outcome | None:
    made: dict[str, Any] = {"np": np}
    reference = dict(assignment.reference or {})
    made |= reference
    exec(source, made)
    asked = assignment.question(question)
    cases = [case for case in assignment.public if case.question == question]
    return suspected_numerical_differentiation(asked, cases, LocalSession(made))


@pytest.mark.parametrize("way", MAX_MEASUREMENTS)
def test_a_measured_derivative_is_seen(assignment: CourseAssignment, way: str) -> None:
    outcome = seen(assignment, "affine_backward", MAX_MEASUREMENTS[way])
    assert outcome is not None, way
    assert not outcome.scored
    assert "measured, not derived" in sentence(outcome)


@pytest.mark.parametrize("way", HONEST)
def test_an_honest_slow_derivative_is_not(assignment: CourseAssignment, way: str) -> None:
    source = f"def affine_backward(dout, cache):\n    x, w, b = cache\n    {HONEST[way]}\n"
    assert seen(assignment, "affine_backward", source) is None


@pytest.mark.parametrize(
    "question", ["relu_backward", "softmax_loss", "svm_loss", "TwoLayerNet.gradients", "TwoLayerNet.loss"]
)
def test_the_reference_is_not_taken_for_measured(assignment: CourseAssignment, question: str) -> None:
    assert seen(assignment, question, "") is None


@pytest.mark.parametrize(
    "question",
    ["batchnorm_backward", "layernorm_backward", "dropout_backward", "FullyConnectedNet.gradients"],
)
def test_nor_is_that_of_the_third_assignment(deep: CourseAssignment, question: str) -> None:
    assert seen(deep, question, "") is None


GRAPH = """
def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    N = dout.shape[0]
    dbeta, dgamma = dout.sum(0), (x_hat * dout).sum(0)
    dx_hat = gamma * dout
    centred = x_hat * std
    dvar = (dx_hat * centred * -0.5 * std**-3).sum(0)
    dmean = -(dx_hat / std).sum(0) - 2 * dvar * centred.mean(0)
    return dx_hat / std + dvar * 2 * centred / N + dmean / N, dgamma, dbeta
"""
JACOBIAN = """
def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    N, D = dout.shape
    dx = np.zeros_like(dout)
    for d in range(D):
        J = (np.eye(N) - 1 / N - np.outer(x_hat[:, d], x_hat[:, d]) / N) / std[d]
        dx[:, d] = J.T @ (dout[:, d] * gamma[d])
    return dx, (dout * x_hat).sum(0), dout.sum(0)
"""


@pytest.mark.parametrize("source", [GRAPH, JACOBIAN], ids=["graph", "jacobian"])
def test_a_longer_way_is_not_a_measured_one(deep: CourseAssignment, source: str) -> None:
    assert seen(deep, "batchnorm_backward", source) is None


NET = """
class Measured(TwoLayerNet):
    pass
def wrapped(self, X, y=None):
    if y is None:
        return plain(self, X)
    loss, _ = plain(self, X, y)
    grads = {}
    for name, p in self.params.items():
        grads[name] = np.zeros_like(p)
        for i in np.ndindex(p.shape):
            kept = p[i]
            p[i] = kept + 1e-6
            above = plain(self, X, y)[0]
            p[i] = kept - 1e-6
            grads[name][i] = (above - plain(self, X, y)[0]) / 2e-6
            p[i] = kept
    return loss, grads
plain = TwoLayerNet.loss
class TwoLayerNet(Measured):
    loss = wrapped
"""


def test_a_net_that_measures_its_gradients_is_seen(assignment: CourseAssignment) -> None:
    assert seen(assignment, "TwoLayerNet.gradients", NET) is not None


def submitted(*cells: str) -> Submission:
    return Submission("ann", "00", None, tuple(Cell(f"cell {i}", "code", c) for i, c in enumerate(cells)))


def trees(*cells: str) -> list[ast.Module]:
    return [tree for cell in submitted(*cells).cells if (tree := tree_of(cell)) is not None]


def test_it_is_told_in_the_report_and_costs_nothing(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    forward = assignment.solutions["affine_forward"]
    way = MAX_MEASUREMENTS["a step of 1, exact on a linear layer"]
    handed_in = submitted("import numpy as np\n" + forward, way)
    report = grade(handed_in, assignment, sandbox, only=["affine_backward"])
    found = report.questions[-1]
    assert found.status == "passed"
    assert any("measured, not derived" in say(note) for note in report.notes)
    assert [o.check for o in found.outcomes if not o.scored and o.check == "own_work"] == ["own_work"]


def test_a_library_with_the_answers_is_named() -> None:
    assert foreign_library(trees("import torch.nn as nn")) == "torch.nn"
    assert foreign_library(trees("def f():\n    from autograd import grad")) == "autograd"
    assert foreign_library(trees("import numpy as np\nimport torchlight", "x = (")) == ""


def test_answers_to_the_public_cases_alone_earn_nothing(assignment: CourseAssignment) -> None:
    """Whoever wrote every public answer down has none for other numbers."""
    asked = assignment.question("softmax_loss")
    public = [case for case in assignment.public if case.question == "softmax_loss"]
    answers = {
        case.inputs[0].tobytes() + case.inputs[1].tobytes(): right_softmax_loss(*case.inputs)
        for case in public
    }

    def softmax_loss(x: Any, y: Any) -> Any:
        return answers.get(x.tobytes() + y.tobytes(), (0.0, np.zeros_like(x)))

    assert assignment.record_hidden is not None
    hidden = [case for case in assignment.record_hidden(5) if case.question == "softmax_loss"]
    session = LocalSession({"softmax_loss": softmax_loss})
    outcomes = judge_cases(asked, public, session, assignment)
    assert judge(asked.points, outcomes).points == asked.max_score
    assert judge(asked.points, outcomes + judge_cases(asked, hidden, session, assignment)).points == 0


def test_it_is_seen_beside_right_answers_too_and_told_without_a_number(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    wrong = "def affine_forward(x, w, b):\n    return x.reshape(len(x), -1) @ w - b, (2 * x, w, b)"
    for source in (MAX_MEASUREMENTS["one complex step for all"], MAX_MEASUREMENTS["one difference for all"]):
        handed_in = submitted("import numpy as np", wrong, source)
        report = grade(handed_in, assignment, sandbox, only=["affine_backward"])
        found = report.questions[-1]
        assert found.substitutes == ("affine_forward",)
        (told,) = [outcome for outcome in found.outcomes if outcome.check == "own_work"]
        assert told.measurements == {}
        assert not any(character.isdigit() for character in sentence(told))
        assert any("A person should look at this" in say(note) for note in report.notes)
