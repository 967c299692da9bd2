"""Results: what an implementation gave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from grader.model.cases import Case, Ref


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the student's own source."""

    cell: str
    line: int
    text: str = ""


FailureKind = Literal["raised", "timeout", "crashed", "skipped", "missing"]


FailureCause = Literal[
    "",
    "deadline",
    "processor time",
    "whole submission",
    "interrupted",
    "large answer",
    "no result",
    "signal",
    "exit",
    "not loaded",
    "broken Python",
    "other cases",
]
"""What ended a call or a process: ``amount`` (seconds) or ``message`` (a signal's name) say more."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a step, a cell or a whole case gave nothing. ``skipped``: it needed a step that had failed.

    ``error`` and ``message`` are Python's own: the exception's type, and what it says.
    """

    kind: FailureKind
    error: str = ""
    message: str = ""
    place: Place | None = None
    cause: FailureCause = ""
    amount: float = 0.0
    absent: Absent | None = None
    """Of a skipped step: what an earlier one gave in the place of the part that this one needs."""


What = Literal[
    "", "None", "nothing", "empty dict", "no key", "odd key", "not a dict", "no index", "one array",
    "one value", "array", "number", "bool", "type", "dtype", "dimensions", "nested", "long text",
    "large integer", "large array", "too large", "raised", "subclass",
]  # fmt: skip
"""What a value is, as far as a sentence needs it; ``detail`` beside it holds a shape, a type or a number."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A kept result that is not there, or cannot be read: what came instead."""

    what: What
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """An argument that a step altered in place; ``argument`` is a position or a keyword."""

    step: int
    argument: int | str
    path: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came back from one case: ``values`` parallel to ``Case.keep``, copied at the moment of return."""

    values: tuple[Any, ...]
    failures: dict[int, Failure] = field(default_factory=dict)
    changed: tuple[Changed, ...] = ()
    output: str = ""
    cpu: float = 0.0
    watched: bytes | None = None
    """The bits of ``Case.watched``, one after the other: inputs now; other arguments before; and now."""

    def value(self, case: Case, ref: Ref) -> Any:
        """The student's value for a kept result."""
        return self.values[case.keep.index(ref)]
