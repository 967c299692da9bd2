"""Was a derivative derived, or measured? What looks like numerical differentiation, for a person to see.

A right derivative needs about as many array operations for a large case as for a small one. An answer whose
operations are as many as its inputs have elements, in a case and in a larger one, does what numerical
differentiation does; so does one that calls the forward pass again and again, stacks a forward pass for each
element into one large array, or computes with complex numbers. Nothing is decided here: the evidence is told.
"""

from __future__ import annotations

import ast
import math
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
_SHARE = 0.6
"""Operations for each element of the inputs: measured derivatives take 0.9 or more, derived ones 0.3."""
_LEAST = 40
"""Elements of a case that is large enough to tell."""
_CALLS = 2
"""Calls of the forward pass from within the backward pass: derived ones need none."""
_SQUARE, _GROWTH = 0.2, 1.8
"""Elements of all results by the square of those of the inputs, and the power by which they grow: those of a
forward pass for each element, stacked, are 1.07 and 2.0; the longest way that is derived has 0.15 and 1.6."""
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
    largest = measured_efforts[-1]
    how: Literal["complex", "calls", "operations", "stacked"]
    if largest.complex:
        how = "complex"
    elif largest.calls >= _CALLS:
        how = "calls"
    elif all(effort.operations >= _SHARE * effort.elements for effort in measured_efforts):
        how = "operations"
    elif _grows_as_a_square(measured_efforts):
        how = "stacked"
    else:
        return None
    name = question.definition
    if not numbers:
        return Outcome(CHECK, "inconclusive", False, scored=False, findings=(MeasuredDerivative(name),))
    counts = ", ".join(f"{e.operations} / {e.elements}" for e in measured_efforts)
    finding = MeasuredDerivative(name, how, largest.calls, counts, largest.touched, largest.elements)
    measured = {"operations": largest.operations, "calls": largest.calls, "elements": largest.elements}
    return Outcome(CHECK, "inconclusive", False, scored=False, findings=(finding,), measurements=measured)


def _grows_as_a_square(efforts: Sequence[Effort]) -> bool:
    """Whether the elements of all results are as many as those of the inputs, squared, and grow so."""
    small, large = efforts[0], efforts[-1]
    if large.touched < _SQUARE * large.elements**2 or not small.touched:
        return False
    if small.elements == large.elements:
        return True
    growth = math.log(large.touched / small.touched) / math.log(large.elements / small.elements)
    return growth >= _GROWTH


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
