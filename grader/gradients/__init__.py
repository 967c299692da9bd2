"""Is this backward pass the derivative of that forward pass? A black-box answer, from forward values alone.

Pure mathematics: NumPy only, no files, no processes, no global random state. Reports are typed records;
``explain`` makes English sentences of them.
"""

from grader.gradients.calls import CallError
from grader.gradients.complex_step import complex_step
from grader.gradients.engine import examine
from grader.gradients.explain import explain
from grader.gradients.local import check
from grader.gradients.report import ArrayReport, Explanation, GradientReport, Note, Where
from grader.gradients.values import NoValueError, Request

__all__ = [
    "ArrayReport",
    "CallError",
    "Explanation",
    "GradientReport",
    "NoValueError",
    "Note",
    "Request",
    "Where",
    "check",
    "complex_step",
    "examine",
    "explain",
]
