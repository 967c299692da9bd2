"""Reports: what was found."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from grader.model.findings import Finding
from grader.model.results import Place
from grader.model.statuses import OutcomeStatus, QuestionStatus
from grader.model.submissions import Cell

SCHEMA = 3
"""Version of the report's JSON form; see docs/report-schema.md."""


QuestionKind = str
"""The name of a kind of question: ``code``, ``experiment``, ``literal``, ``written``, or a course's own."""
Level = Literal["open", "limited", "sealed"]


@dataclass(frozen=True, slots=True)
class Value:
    """What came, or was due: an array as data, small enough to be shown, or what else it is."""

    what: str = "array"
    """``array``, ``number``, ``dict``, ``unchanged``, ``overwritten``, or one of ``reasons.What``."""
    shape: tuple[int, ...] = ()
    dtype: str = ""
    values: tuple[float, ...] = ()
    """The entries, row by row; of a large array the first ones."""
    detail: str = ""

    @property
    def whole(self) -> bool:
        """Whether every entry is there."""
        return self.what in ("array", "number") and len(self.values) == math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was tried and what came, for a public case: small enough to print."""

    snippet: str
    expected: Value
    actual: Value
    heat: tuple[tuple[float, ...], ...] = ()
    """Scaled error by element, at most 16 by 16; empty where values could not be compared."""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check said of one part in one case."""

    check: str
    status: OutcomeStatus
    hidden: bool
    part: str = ""
    case: str = ""
    rung: int = 0
    scored: bool = True
    substantial: bool = True
    """False where a function that computes nothing passes too: alone it earns nothing."""
    findings: tuple[Finding, ...] = ()
    """Reasons, the first of which is told first."""
    measurements: dict[str, Any] = field(default_factory=dict)
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class CaseCount:
    """How many cases of a kind there are, how many ran here and how many passed."""

    total: int = 0
    ran: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True)
class PartScore:
    """The points of one output of a question."""

    name: str
    score: float
    max_score: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plot: ``y`` over ``x``, or over 0, 1, 2, … where ``x`` is empty."""

    name: str
    y: tuple[float, ...]
    x: tuple[float, ...] = ()
    role: Literal["yours", "reference", "given"] = "yours"
    """Whose it is: the student's run, the same run with right answers, or something to compare with."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of a run for the page: lines in one box.

    Its title and its axes are keys of the catalogue (``loss``, ``epoch``), or words of their own.
    """

    title: str
    x_label: str
    y_label: str
    lines: tuple[Line, ...]
    scale: Literal["share", "linear", "log"] = "linear"
    """Of the vertical axis: shares run from 0 to 1 and are shown as per cent."""
    quadratic: tuple[float, float] | None = None
    """(a, b) where the lines are paths in a plane: level lines of ½ (a x² + b y²) lie under them."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """Everything known of one question."""

    name: str
    title: str
    kind: QuestionKind
    status: QuestionStatus
    score: float
    max_score: float
    findings: tuple[Finding, ...] = ()
    """What is said of the answer as a whole, in this order; empty where nothing is to be said."""
    in_hidden_case: bool = False
    """The failure that is told first is one in a hidden case."""
    parts: tuple[PartScore, ...] = ()
    public: CaseCount = CaseCount()
    hidden: CaseCount = CaseCount()
    blocked_by: tuple[str, ...] = ()
    substitutes: tuple[str, ...] = ()
    """Answers that were replaced by right ones so that this one could be judged."""
    cells: tuple[int, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    plots: tuple[Plot, ...] = ()
    output: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentInfo:
    """The assignment that a report belongs to."""

    name: str
    version: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionInfo:
    """The submission that a report belongs to; ``hash`` is the SHA-256 of its files."""

    id: str
    hash: str
    content: str = ""
    """SHA-256 of the code that is read of it, whatever its files are called; empty where none is."""


@dataclass(frozen=True, slots=True)
class SandboxInfo:
    """Where student code ran, and what was seen to hold it."""

    level: Level
    mechanisms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """The only fields that differ between two gradings of the same input."""

    started: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """One submission, judged: the only thing that pages and exports are made from."""

    assignment: AssignmentInfo
    submission: SubmissionInfo
    sandbox: SandboxInfo
    score: float
    max_score: float
    provisional: bool
    questions: tuple[QuestionReport, ...]
    grader: str = ""
    public_seed: int = 0
    hidden_cases: bool = False
    notes: tuple[Finding, ...] = ()
    problem: Finding | None = None
    """Why nothing could be judged; None where something could."""
    cells: tuple[Cell, ...] = ()
    tolerances: dict[str, float] = field(default_factory=dict)
    times: Times = Times()
    schema: int = SCHEMA
