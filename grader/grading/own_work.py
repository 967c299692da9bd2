"""Was a derivative derived, or measured? What looks like numerical differentiation, for a person to see.

Whoever measures a derivative asks the forward pass for its value at copies of an array that are moved by a
step, one element at a time. These copies are looked for, in calls and in operations, one after the other or
stacked; steps may be imaginary. How many operations an answer takes, how often it runs its forward pass, and
how many numbers they give, tells nothing: whole Jacobians and tapes of small operations are derived too.
Nothing is decided here: the evidence is told.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Sequence
from typing import Literal
from weakref import WeakKeyDictionary

from grader.checks import kind_of
from grader.course import Question
from grader.model import Case, Outcome
from grader.model.reasons import MeasuredDerivative
from grader.sandbox import Effort, Session

CHECK = "own_work"
"""What outcomes of this kind are called."""
_SHARE = 0.5
"""Elements of an array that are seen moved, of all it has: derivatives that are measured move each."""
_LEAST = 40
"""Elements of a case that is large enough to tell."""
_CALLS = 2
"""Calls with an array that is moved which are told of."""
_LIBRARIES = frozenset(
    {
        "autograd",
        "autograd_gamma",
        "cupy",
        "jax",
        "keras",
        "numdifftools",
        "scipy",
        "sklearn",
        "sympy",
        "tensorflow",
        "theano",
        "torch",
    }
)
_OURS = "grader.gradients"
"""Numerical gradients for everybody: in an answer, they are what was asked for."""


def suspected_numerical_differentiation(
    question: Question, cases: Sequence[Case], session: Session, *, numbers: bool = True
) -> Outcome | None:
    """The evidence, where a question's answer does what numerical differentiation does; None where not.

    ``cases``: public ones. Only questions whose derivatives are checked against their forward pass are asked.
    Without ``numbers`` only the fact is told, and nothing that the child said.
    """
    steps = [step_of_case for step_of_case in _derivatives(cases) if _elements(step_of_case[0]) >= _LEAST][
        -2:
    ]
    efforts = [session.effort(case, step) for case, step in steps]
    measured_efforts = [effort for effort in efforts if effort is not None]
    if not measured_efforts or len(measured_efforts) < len(efforts):
        return None
    if not all(map(_is_measured, measured_efforts)):
        return None
    name = question.definition
    if not numbers:
        return Outcome(CHECK, "inconclusive", False, scored=False, findings=(MeasuredDerivative(name),))
    largest = measured_efforts[-1]
    finding = MeasuredDerivative(name, _way(largest), largest.calls, largest.moved, largest.elements)
    measured = {"moved": largest.moved, "calls": largest.calls, "elements": largest.elements}
    return Outcome(CHECK, "inconclusive", False, scored=False, findings=(finding,), measurements=measured)


def _is_measured(effort: Effort) -> bool:
    return effort.moved > 0 and effort.moved >= _SHARE * effort.elements


def _way(effort: Effort) -> Literal["complex", "calls", "steps", "stacked"]:
    """What is told of a derivative that is measured."""
    if effort.imaginary:
        return "complex"
    if effort.calls >= _CALLS:
        return "calls"
    return "stacked" if 2 * effort.stacked >= effort.moved else "steps"


def foreign_library(trees: Iterable[ast.Module], allowed: Collection[str] = ()) -> str:
    """A library that has the answers, and is not ``allowed``, where a submission imports one."""
    names = (name for tree in trees for name in _imports(tree))
    libraries = _LIBRARIES.difference(allowed)
    return next((n for n in names if n.partition(".")[0] in libraries or n.startswith(_OURS)), "")


_imports_by_tree: WeakKeyDictionary[ast.Module, tuple[str, ...]] = WeakKeyDictionary()


def _imports(tree: ast.Module) -> tuple[str, ...]:
    """Full names of the modules that a source imports, at whatever depth; most cells are a whole class's."""
    if tree not in _imports_by_tree:
        _imports_by_tree[tree] = tuple(name for node in ast.walk(tree) for name in _modules(node))
    return _imports_by_tree[tree]


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def _derivatives(cases: Sequence[Case]) -> list[tuple[Case, int]]:
    """Cases and the step of each that gives derivatives, small ones first: of a question that checks any."""
    names = {
        case.steps[ref.step].name
        for case in cases
        for check in case.checks
        if kind_of(check.kind).derivatives
        for _, ref in check.outputs.values()
    }
    steps = [
        (case, max(n for n, step in enumerate(case.steps) if step.name in names))
        for case in cases
        if any(step.name in names for step in case.steps)
    ]
    return sorted(steps, key=lambda one: _elements(one[0]))


def _elements(case: Case) -> int:
    return sum(int(array.size) for array in case.inputs)
