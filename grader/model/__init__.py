"""The records that cross the arrows between rooms: frozen, plain, and JSON both ways.

Standard library and NumPy only, so that a student's notebook (and a browser) can import them;
``msgspec`` is loaded when a report is first written or read.
"""

from grader.model.cases import (
    LARGEST_PRINTED,
    Case,
    Check,
    Formula,
    Input,
    NumberType,
    Operation,
    Ref,
    Step,
    needed_steps,
    refs_in,
    watched_arguments,
)
from grader.model.codec import from_json, to_json
from grader.model.evidence import EvidencePack
from grader.model.findings import Finding, finding, tellable
from grader.model.reports import (
    SCHEMA,
    AssignmentInfo,
    CaseCount,
    Evidence,
    Level,
    Line,
    Outcome,
    PartScore,
    Plot,
    QuestionKind,
    QuestionReport,
    Report,
    SandboxInfo,
    SubmissionInfo,
    Times,
    Value,
)
from grader.model.results import Absent, CaseResult, Changed, Failure, FailureCause, FailureKind, Place
from grader.model.statuses import OutcomeStatus, QuestionStatus
from grader.model.submissions import Asked, Cell, CellRole, Chunk, Load, Module, Stamp, Submission
from grader.model.verification import Hole, VariantKind, VariantVerdict, Verification

__all__ = [
    "LARGEST_PRINTED",
    "SCHEMA",
    "Absent",
    "Asked",
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
    "FailureCause",
    "FailureKind",
    "Finding",
    "Formula",
    "Hole",
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
    "Value",
    "VariantKind",
    "VariantVerdict",
    "Verification",
    "finding",
    "from_json",
    "needed_steps",
    "refs_in",
    "tellable",
    "to_json",
    "watched_arguments",
]
