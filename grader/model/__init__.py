"""The records that cross the arrows between rooms: frozen, plain, and JSON both ways.

Standard library and NumPy only, so that a student's notebook (and a browser) can import them;
``msgspec`` is loaded when a report is first written or read.
"""

from grader.model.cases import (
    Case,
    Check,
    Formula,
    Input,
    NumberType,
    Operation,
    Ref,
    Step,
    watched_arguments,
)
from grader.model.codec import from_json, to_json
from grader.model.evidence import EvidencePack
from grader.model.reports import (
    SCHEMA,
    AssignmentInfo,
    CaseCount,
    Evidence,
    Finding,
    Level,
    Line,
    Outcome,
    OutcomeStatus,
    PartScore,
    Plot,
    QuestionKind,
    QuestionReport,
    QuestionStatus,
    Report,
    SandboxInfo,
    SubmissionInfo,
    Times,
)
from grader.model.results import Absent, CaseResult, Changed, Failure, FailureKind, Place
from grader.model.submissions import Cell, CellRole, Chunk, Load, Module, Stamp, Submission
from grader.model.verification import VariantKind, Verdict, Verification

__all__ = [
    "SCHEMA",
    "Absent",
    "AssignmentInfo",
    "Case",
    "CaseCount",
    "CaseResult",
    "Cell",
    "CellRole",
    "Changed",
    "Check",
    "Chunk",
    "Evidence",
    "EvidencePack",
    "Failure",
    "FailureKind",
    "Finding",
    "Formula",
    "Input",
    "Level",
    "Line",
    "Load",
    "Module",
    "NumberType",
    "Operation",
    "Outcome",
    "OutcomeStatus",
    "PartScore",
    "Place",
    "Plot",
    "QuestionKind",
    "QuestionReport",
    "QuestionStatus",
    "Ref",
    "Report",
    "SandboxInfo",
    "Stamp",
    "Step",
    "Submission",
    "SubmissionInfo",
    "Times",
    "VariantKind",
    "Verdict",
    "Verification",
    "from_json",
    "to_json",
    "watched_arguments",
]
