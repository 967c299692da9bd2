"""What a child could answer for itself: that it left its arguments alone, that its loss is the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.grading import grade
from grader.model import Case, Cell, QuestionReport, Submission
from grader.sandbox import Sandbox

PATCHED = """
class Quiet:
    import grader.sandbox.watch as watch
    for name in ("_same_bits", "_repeats", "_alike"):
        setattr(watch, name, lambda one, other: True)
"""
NO_LEAVES = """
class Quiet:
    import grader.sandbox.watch as watch
    watch.leaves_of = lambda args, kwargs: []
    watch._walk = lambda *arguments: None
"""
STALE = """
class Quiet:
    import grader.sandbox.watch as watch
    walk = watch._walk
    kept = {}
    def stale(found, name, path, value, depth, walk=walk, kept=kept, watch=watch):
        walk(found, name, path, value, depth)
        for i, (name, path, array, copy) in enumerate(found):
            found[i] = watch.Leaf(name, path, array, kept.setdefault(id(array), copy))
    watch._walk = stale
"""
RELU = """
def relu_backward(dout, cache):
    dx = np.where(cache > 0, dout, 0)
    cache[...] = {left}
    return dx
"""
NUMERICAL = """
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + h
        above = f(x)
        x[i] = kept - h
        below = f(x)
        x[i] = kept
        grad[i] = (above - below) / (2 * h)
    x[...] = 7.0
    return grad
"""
DROPOUT = """
def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if mode == "test":
        return x.copy(), (dropout_param, None)
    mask = (np.random.rand(*x.shape) < p) / p
    out = x * mask
    x[...] = 1.0
    return out, (dropout_param, mask)
"""


def answered(
    assignment: CourseAssignment, sandbox: Sandbox, question: str, *cells: str, hidden: bool = True
) -> QuestionReport:
    functions = [text for name, text in assignment.solutions.items() if "." not in name]
    texts = ["import numpy as np", *functions, *cells]
    made = tuple(Cell(f"cell {i}", "code", text) for i, text in enumerate(texts))
    drawn: tuple[Case, ...] = ()
    if hidden and assignment.record_hidden is not None:
        drawn = assignment.record_hidden(5, only=[question])
    report = grade(Submission("ann", "00", None, made), assignment, sandbox, only=[question], hidden=drawn)
    return report.questions[-1]


def part(report: QuestionReport, name: str) -> float:
    return next(part.score for part in report.parts if part.name == name)


@pytest.fixture(scope="module")
def deep(course: Path) -> CourseAssignment:
    return load_assignment(course, "deep_nets")


@pytest.mark.parametrize("patch", [PATCHED, NO_LEAVES, STALE], ids=["patched", "no leaves", "stale"])
@pytest.mark.parametrize("left", ["0.0", "np.abs(cache)", "-cache"])
def test_an_overwritten_cache_earns_nothing(
    assignment: CourseAssignment, sandbox: Sandbox, patch: str, left: str
) -> None:
    report = answered(assignment, sandbox, "relu_backward", patch, RELU.format(left=left))
    assert part(report, "cache") == 0
    assert part(report, "dx") == 3


@pytest.mark.parametrize("patch", [PATCHED, NO_LEAVES, STALE], ids=["patched", "no leaves", "stale"])
def test_nor_does_an_overwritten_input(
    assignment: CourseAssignment, deep: CourseAssignment, sandbox: Sandbox, patch: str
) -> None:
    assert part(answered(assignment, sandbox, "numerical_gradient", patch, NUMERICAL), "x") == 0
    assert part(answered(deep, sandbox, "dropout_forward", patch, DROPOUT), "x") == 0


HALF_SQUARES = """
class FullyConnectedNet(Right):
    def loss(self, X, y=None):
        if y is None or not self.use_dropout:
            return Right.loss(self, X, y)
        {body}
"""
FORGED = {
    "half the squares": """loss = 0.5 * sum(float((p**2).sum()) for p in self.params.values())
        return loss, {k: p.copy() for k, p in self.params.items()}""",
    "nothing": """return 0.0, {k: np.zeros_like(p) for k, p in self.params.items()}""",
    "regularisation alone": """weights = {k: p for k, p in self.params.items() if k[0] == "W"}
        loss = 0.5 * self.reg * sum(float((p**2).sum()) for p in weights.values())
        return loss, {k: self.reg * p * (k[0] == "W") for k, p in self.params.items()}""",
    "a linear loss": """return (
            sum(float(p.sum()) for p in self.params.values()),
            {k: np.ones_like(p) for k, p in self.params.items()},
        )""",
    "a loss times two": """loss, grads = Right.loss(self, X, y)
        return 2 * loss, {k: 2 * g for k, g in grads.items()}""",
    "the mean of another label": """return Right.loss(self, X, (y + 1) % 3 if len(y) > 1 else 1 - y)""",
}


@pytest.mark.parametrize("way", FORGED)
def test_the_right_slope_of_a_wrong_loss_earns_nothing(
    deep: CourseAssignment, sandbox: Sandbox, way: str
) -> None:
    methods = [deep.solutions[f"FullyConnectedNet.{name}"] for name in ("__init__", "loss")]
    net = "class Right:\n" + "\n".join("    " + line for line in "\n".join(methods).split("\n"))
    forged = HALF_SQUARES.replace("{body}", FORGED[way])
    assert part(answered(deep, sandbox, "FullyConnectedNet.gradients", net, forged), "dropout") == 0


def test_the_right_one_earns_its_part(deep: CourseAssignment, sandbox: Sandbox) -> None:
    methods = [deep.solutions[f"FullyConnectedNet.{name}"] for name in ("__init__", "loss")]
    net = "class FullyConnectedNet:\n" + "\n".join("    " + line for line in "\n".join(methods).split("\n"))
    assert part(answered(deep, sandbox, "FullyConnectedNet.gradients", net), "dropout") == 2
