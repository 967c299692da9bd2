"""A pack of evidence: one answer's verdict with all that it takes to replay it."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model.reports import QuestionReport
from grader.model.submissions import Submission


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """What was handed in, what was found, and with what; for the instructor, since it may hold a seed."""

    grader: str
    assignment: str
    version: str
    submission: Submission
    answer: QuestionReport
    hidden_seed: int | None = None
