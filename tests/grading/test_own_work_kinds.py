"""What numerical differentiation is: a function asked at inputs moved by a step. All else is derived.

Those of ``MEASURED`` move an array and divide differences. Those of ``DERIVED`` do much work, call their
forward pass, or make arrays that look alike; they are right, and differentiate by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, load_assignment
from grader.grading.cases import judge_cases
from grader.grading.own_work import suspected_numerical_differentiation
from grader.messages import sentence
from grader.model import Case
from grader.model.statuses import PASSING
from grader.sandbox import LocalSession

LOSS = """
def own_loss(x, y):
    shifted = x - x.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(x)), y]
def softmax_loss(x, y):
    N, C = x.shape
    return own_loss(x, y).mean(), {gradient}
"""

MEASURED = {
    ("softmax_loss", "a row of its own, one element after the other"): """
def row_loss(row, label):
    return np.log(np.exp(row - row.max()).sum()) + row.max() - row[label]
def softmax_loss(x, y):
    dx = np.zeros_like(x)
    for n, label in enumerate(y):
        for c in range(x.shape[1]):
            above, below = x[n].copy(), x[n].copy()
            above[c] += 1e-6
            below[c] -= 1e-6
            dx[n, c] = (row_loss(above, label) - row_loss(below, label)) / 2e-6 / len(x)
    return np.mean([row_loss(row, label) for row, label in zip(x, y)]), dx
""",
    ("softmax_loss", "a class at once, of all rows"): LOSS.format(
        gradient="""np.stack([
        (own_loss(x + 1e-6 * np.eye(C)[c], y) - own_loss(x - 1e-6 * np.eye(C)[c], y)) / 2e-6 / N
        for c in range(C)
    ], axis=1)"""
    ),
    ("softmax_loss", "all rows and classes in one batch"): LOSS.format(
        gradient="""((own_loss(np.repeat(x, C, axis=0) + np.tile(1e-6 * np.eye(C), (N, 1)), np.repeat(y, C))
        - np.repeat(own_loss(x, y), C)) / 1e-6 / N).reshape(N, C)"""
    ),
    ("svm_loss", "one side, of a copy of the forward pass"): """
def hinge(x, y):
    margins = np.maximum(0, x - x[np.arange(len(x)), y][:, None] + 1)
    return (margins.sum() - len(x)) / len(x)
def svm_loss(x, y):
    loss, dx = hinge(x, y), np.zeros_like(x)
    for i in range(x.size):
        moved = x.copy()
        moved.ravel()[i] += 1e-7
        dx.ravel()[i] = (hinge(moved, y) - loss) / 1e-7
    return loss, dx
""",
    ("relu_backward", "all elements at once, to both sides"): """
def relu_backward(dout, cache):
    ramp = lambda x: np.where(x > 0, x, 0)
    return dout * (ramp(cache + 1e-7) - ramp(cache - 1e-7)) / 2e-7
""",
    ("relu_backward", "all elements at once, to one side"): """
def relu_backward(dout, cache):
    h = 1e-7
    return dout * ((np.maximum(cache + h, 0) - np.maximum(cache, 0)) / h)
""",
    ("relu_backward", "the forward pass, beside itself"): """
def relu_backward(dout, cache):
    return dout * (relu_forward(cache + 1e-7)[0] - relu_forward(cache)[0]) * 1e7
""",
    ("affine_backward", "arrays made by functions that were imported"): """
from numpy import array, zeros
def affine_backward(dout, cache):
    def slopes(k):
        parts = [array(a) for a in cache]
        grad = zeros(parts[k].shape)
        for i in np.ndindex(grad.shape):
            values = []
            for h in (1e-5, -1e-5):
                parts[k][i] += h
                x, w, b = parts
                values.append(float(((x.reshape(len(x), -1) @ w + b) * array(dout)).sum()))
                parts[k][i] -= h
            grad[i] = (values[0] - values[1]) / 2e-5
        return grad
    return slopes(0), slopes(1), slopes(2)
""",
    ("batchnorm_backward", "one column at a time, stacked"): """
def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    N, D = dout.shape
    dx = np.zeros_like(dout)
    for d in range(D):
        X = np.tile(x_hat[:, d], (N, 1)) + 1e-6 * np.eye(N)
        found = (X - X.mean(1, keepdims=True)) / X.std(1, keepdims=True)
        dx[:, d] = (found - x_hat[:, d]) @ dout[:, d] / 1e-6 * gamma[d] / std[d]
    return dx, (dout * x_hat).sum(0), dout.sum(0)
""",
}
"""By question, and what is done."""

DERIVED = {
    ("softmax_loss", "whole Jacobians"): LOSS.format(
        gradient="""(lambda p: np.stack([
        (np.diag(row) - np.outer(row, row)).T @ (-np.eye(C)[label] / row) / N for row, label in zip(p, y)
    ]))((lambda e: e / e.sum(1, keepdims=True))(np.exp(x - x.max(1, keepdims=True))) + 1e-300)"""
    ),
    ("softmax_loss", "the gradient for each label that there might be"): LOSS.format(
        gradient="""(lambda p: (p[:, None, :] - np.eye(C))[np.arange(N), y] / N)(
        (lambda e: e / e.sum(1, keepdims=True))(np.exp(x - x.max(1, keepdims=True))))"""
    ),
    ("softmax_loss", "a one taken from each row, in turn"): """
def softmax_loss(x, y):
    p = np.exp(x - x.max(1, keepdims=True))
    p = p / p.sum(1, keepdims=True)
    loss, dx = 0.0, np.empty_like(p)
    for n in range(len(x)):
        row = p[n].copy()
        loss -= np.log(row[y[n]] + 1e-300)
        row[y[n]] -= 1.0
        dx[n] = row / len(x)
    return loss / len(x), dx
""",
    ("svm_loss", "all pairs of classes"): """
def svm_loss(x, y):
    N, C = x.shape
    pairs = x[:, :, None] - x[:, None, :]
    loss, dx = 0.0, np.zeros_like(x)
    for n in range(N):
        for j in range(C):
            margins = pairs[n][:, y[n]] + 1.0
            if j != y[n] and margins[j] > 0:
                loss += margins[j]
                dx[n] = dx[n] + np.eye(C)[j] - np.eye(C)[y[n]]
    return loss / N, dx / N
""",
    ("svm_loss", "a tape of small operations"): """
class Node:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, 0.0
    def __add__(self, other):
        return Node(self.value + other.value, ((self, 1.0), (other, 1.0)))
    def __sub__(self, other):
        return Node(self.value - other.value, ((self, 1.0), (other, -1.0)))
    def ramp(self):
        return Node(np.maximum(self.value, 0), ((self, np.where(self.value > 0, 1.0, 0.0)),))
def svm_loss(x, y):
    N, C = x.shape
    columns = [Node(x[:, c].copy()) for c in range(C)]
    own = [(y == c).astype(float) for c in range(C)]
    total, tape = Node(np.zeros(N)), []
    right = Node(x[np.arange(N), y])
    for c in range(C):
        margin = (columns[c] - right + Node(np.ones(N))).ramp()
        kept = Node(margin.value * (1 - own[c]), ((margin, 1 - own[c]),))
        total = total + kept
    def order(node, seen=None):
        seen = [] if seen is None else seen
        for parent, _ in node.parents:
            if parent not in seen:
                order(parent, seen)
        if node not in seen:
            seen.append(node)
        return seen
    total.grad = np.ones(N)
    for node in reversed(order(total)):
        for parent, local in node.parents:
            parent.grad = parent.grad + node.grad * local
    dx = np.stack([node.grad * np.ones(N) for node in columns], axis=1)
    np.add.at(dx, (np.arange(N), y), right.grad)
    return total.value.sum() / N, dx / N
""",
    ("relu_backward", "the forward pass run three times"): """
def relu_backward(dout, cache):
    out, same = relu_forward(cache)
    again, _ = relu_forward(same)
    twice, _ = relu_forward(again + 1e-12)
    return np.where(out + again + twice > 3e-12, dout, 0.0)
""",
    ("affine_backward", "the cache built again"): """
def affine_backward(dout, cache):
    x, w, b = cache
    for _ in range(5):
        out, (x, w, b) = affine_forward(x.copy(), w.copy(), b.copy())
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, np.ones(len(out)) @ dout
""",
    ("affine_backward", "two products in one, of complex numbers"): """
def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    both = (w + 1j * np.roll(w, 1, axis=0)) @ dout.T
    return both.real.T.reshape(x.shape), ((X + 1j * X[::-1]).T @ dout).real, dout.sum(0)
""",
    ("affine_backward", "a product for each element, with a one in its place"): """
def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    dw, dX = np.zeros_like(w), np.zeros_like(X)
    for i in np.ndindex(w.shape):
        one = np.zeros_like(w)
        one[i] = 1.0
        dw[i] = ((X @ one) * dout).sum()
    for i in np.ndindex(X.shape):
        one = np.zeros_like(X)
        one[i] = 1.0
        dX[i] = ((one @ w) * dout).sum()
    return dX.reshape(x.shape), dw, dout.sum(0)
""",
    ("batchnorm_backward", "the Jacobian of each column, whole"): """
def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    N, D = dout.shape
    J = np.zeros((N, D, N, D))
    for d in range(D):
        J[:, d, :, d] = (np.eye(N) - 1 / N - np.outer(x_hat[:, d], x_hat[:, d]) / N) * gamma[d] / std[d]
    return np.einsum("ndmk,nd->mk", J, dout), np.einsum("nd,nd->d", dout, x_hat), dout.sum(0)
""",
}


@pytest.fixture(scope="module")
def both(course: Path) -> Sequence[CourseAssignment]:
    return [load_assignment(course, name) for name in ("two_layer_net", "deep_nets")]


def loaded(
    assignments: Sequence[CourseAssignment], question: str, source: str
) -> tuple[CourseAssignment, list[Case], LocalSession]:
    """The assignment of a question, its public cases, and a session with an answer to it."""
    found = next(a for a in assignments if any(q.name == question for q in a.questions))
    names: dict[str, Any] = {"np": np} | dict(found.reference or {})
    exec(source, names)
    cases: list[Case] = [case for case in found.public if case.question == question]
    return found, cases, LocalSession(names)


@pytest.mark.parametrize(("question", "way"), MEASURED)
def test_a_measured_derivative_is_seen(both: Sequence[CourseAssignment], question: str, way: str) -> None:
    found, cases, session = loaded(both, question, MEASURED[question, way])
    outcome = suspected_numerical_differentiation(found.question(question), cases, session)
    assert outcome is not None
    assert not outcome.scored
    assert "measured, not derived" in sentence(outcome)


@pytest.mark.parametrize(("question", "way"), DERIVED)
def test_a_derived_one_is_not_taken_for_it(both: Sequence[CourseAssignment], question: str, way: str) -> None:
    found, cases, session = loaded(both, question, DERIVED[question, way])
    asked = found.question(question)
    outcomes = judge_cases(asked, cases, session, found)
    assert [sentence(o) for o in outcomes if o.scored and o.status not in PASSING] == []
    assert suspected_numerical_differentiation(asked, cases, session) is None
