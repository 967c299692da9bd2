"""What came back from a call: nothing, an error, something of another form."""

from __future__ import annotations

from typing import Literal

from grader.model.findings import Finding, finding, tellable
from grader.model.results import What as What

COMMON_ERRORS = frozenset(
    {"AttributeError", "IndexError", "KeyError", "NameError", "TypeError", "ValueError", "ZeroDivisionError"}
)
"""Types of exceptions that are named in a hidden case: common ones only, since every name more is a letter to
write with."""


@finding("none", when_hidden=True)
class NothingGiven(Finding):
    """A function gives None, or an empty dict, where an answer is due."""

    part: str = tellable(default="")
    function: str = ""
    what: str = "None"


@finding("structure", when_hidden=True)
class WrongStructure(Finding):
    """A result has no such part: a number came instead of a tuple, or a dict without the key."""

    part: str = tellable(default="")
    function: str = ""
    what: str = ""
    detail: str = ""


@finding("missing", when_hidden=True)
class NotDefined(Finding):
    """The function that a case calls is not defined."""

    function: str = ""


@finding("raised", when_hidden=True, distinguishing=("error",))
class Raised(Finding):
    """A call raises an exception."""

    part: str = tellable(default="")
    function: str = ""
    error: str = tellable(default="", among=COMMON_ERRORS)
    message: str = ""
    cell: str = ""
    line: int = 0
    text: str = ""
    """The student's own line."""
    modern: str = ""
    """What Python 3 calls a name of Python 2 that is not defined; ``old`` is that name."""
    old: str = ""
    library: str = ""
    """Where a name that is not defined would have come from: a library that is not there."""


@finding("timeout", when_hidden=True)
class TimedOut(Finding):
    """A call does not come back in time."""

    function: str = ""
    cause: str = ""
    amount: float = 0.0


@finding("crashed", when_hidden=True)
class Crashed(Finding):
    """A call ends the whole process instead of returning."""

    function: str = ""
    cause: str = ""
    detail: str = ""


@finding("skipped", when_hidden=True, vague=True)
class Skipped(Finding):
    """A call was not made, since a step that it needs gave nothing."""

    part: str = tellable(default="")
    function: str = ""
    error: str = ""


@finding("not_loaded")
class NotLoaded(Finding):
    """What a case calls was not defined, since its cell failed while it was loaded."""

    cell: str = ""
    error: str = ""
    message: str = ""
    cause: str = ""
    amount: float = 0.0
    detail: str = ""


@finding("grader_fault", when_hidden=True)
class GraderFault(Finding):
    """The grader itself failed: nobody loses points."""

    error: str = ""


@finding("wrong", when_hidden=True, vague=True)
class Wrong(Finding):
    """Something is not right, and no more is told."""

    part: str = tellable(default="")


@finding("type", when_hidden=True)
class WrongType(Finding):
    """A result is no array of numbers (or no dict) where one is due."""

    part: str = tellable(default="")
    expected: str = ""
    """The shape that is due, as ``(3, 4)``; ``()`` is one number; empty where a dict is due."""
    keys: str = ""
    what: str = ""
    detail: str = ""


@finding("shape", when_hidden=True)
class WrongShape(Finding):
    """An array has another shape than is due."""

    part: str = tellable(default="")
    expected: str = ""
    actual: str = ""
    hint: Literal["", "transposed", "one axis more", "flat", "summed"] = ""


@finding("dtype", when_hidden=True)
class WrongPrecision(Finding):
    """An array holds numbers of fewer digits than its inputs."""

    part: str = tellable(default="")
    expected: str = ""
    actual: str = ""


@finding("mistake", distinguishing=("mistake",))
class KnownMistake(Finding):
    """The answer is what a known mistake gives on every public case."""

    mistake: str = ""
    sentence: str = ""
    """What is told of it: the catalogue's own words."""
    equation: str = ""
    read: str = ""
    second: str = ""
    """Of two mistakes at once, what is told of the other one."""
