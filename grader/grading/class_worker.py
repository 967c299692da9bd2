"""What a worker does with a class's submissions: read one, judge it; and judge a right one, as a control."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import grader
from grader.course import Assignment, Experiment, load_assignment
from grader.grading.executors import Work
from grader.grading.grade import grade
from grader.grading.memory import release_memory
from grader.intake import read_submission
from grader.model import (
    AssignmentInfo,
    Case,
    Cell,
    Load,
    QuestionReport,
    QuestionStatus,
    Report,
    SandboxInfo,
    Submission,
    SubmissionInfo,
    to_json,
)
from grader.sandbox import Sandbox
from grader.source import forget_cells

CONTROL = None
"""The task that asks for a control: is a right submission judged right, here and now?"""
_READING, _RENDERING = 60.0, 60.0
"""Seconds of wall time: both have bounds of their own, far below; past these a worker has stalled."""
_SLACK = 3.0
"""A busy machine takes its time: a worker may take so many times what a submission may."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker needs to know: plain values, since they cross into other processes."""

    course: str
    assignment: str
    seed: int


class Grader:
    """One worker's state: the assignment with its keys, recorded once, and a sandbox."""

    def __init__(self, job: Job) -> None:
        self.assignment: Assignment = load_assignment(Path(job.course), job.assignment)
        assert self.assignment.record_hidden is not None
        self.hidden_seed = job.seed
        self.hidden: tuple[Case, ...] = self.assignment.record_hidden(job.seed)
        self.sandbox = Sandbox()

    @property
    def seconds(self) -> float:
        """Seconds of wall time after which judging one submission has stalled."""
        training = sum(q.seconds for q in self.assignment.questions if isinstance(q, Experiment))
        return _SLACK * (self.sandbox.limits.session + 4 * training) + 60.0

    def report(self, path: Path, identity: str, may_take: Callable[[float], None]) -> Report:
        """The report of one submission, whatever happens."""
        submission = Submission(identity, "")
        try:
            may_take(_READING)
            submission = read_submission(path, self.assignment.roots, identity)
            may_take(self.seconds)
            return grade(
                submission, self.assignment, self.sandbox, hidden=self.hidden, hidden_seed=self.hidden_seed
            )
        except Exception as error:
            info = self.sandbox.info
            self.sandbox.close()
            self.sandbox = Sandbox()
            return fault_report(self.assignment, submission, info, f"{type(error).__name__}: {error}")

    def control(self, may_take: Callable[[float], None]) -> str:
        """What is wrong with how a right submission is judged here; nothing where it gets full marks."""
        may_take(self.seconds)
        cells = tuple(
            Cell(f"right {name}", "code", f"import numpy as np\n{source}")
            for name, source in self.assignment.solutions.items()
            if "." not in name
        )
        whole = [q.name for q in self.assignment.questions if q.kind == "code" and "." not in q.definition]
        if not whole:  # a course of classes alone: that a child starts and loads is what is left to try
            with self.sandbox.open(Load(())) as session:
                return "; ".join(failure.message for _, failure in session.problems)
        right = Submission("control", "", cells=cells)
        report = grade(right, self.assignment, self.sandbox, only=whole)
        wrong = [q for q in report.questions if q.status != "passed"]
        return "; ".join(f"{q.name}: {q.status}: {q.message}" for q in wrong[:3])


def fault_report(assignment: Assignment, submission: Submission, sandbox: SandboxInfo, what: str) -> Report:
    """The report of a submission on which the grader itself failed: no points are lost."""
    message = "The grader failed on this submission: not your fault, and no points are lost."
    return _for_all(assignment, submission, sandbox, "grader_fault", message, what)


def crash_report(job: Job, submission: Submission, level: SandboxInfo) -> Report:
    """The report of a submission that ends the grader's own process each time, while a right one does not."""
    assignment = load_assignment(Path(job.course), job.assignment)
    message = "This submission ended the grader's own process, every time it was run."
    why = "its worker died each time, and judged a right submission before and after it: look at the code"
    return _for_all(assignment, submission, level, "crashed", message, why)


def _for_all(
    assignment: Assignment,
    submission: Submission,
    sandbox: SandboxInfo,
    status: QuestionStatus,
    message: str,
    for_staff: str,
) -> Report:
    """A report in which every question has the same status; of all points, or of none."""
    total = sum(q.max_score for q in assignment.questions)
    share = 1.0 if status == "grader_fault" else 0.0
    return Report(
        AssignmentInfo(assignment.name, assignment.version, assignment.title),
        SubmissionInfo(submission.id, submission.hash),
        sandbox,
        share * total,
        total,
        True,
        tuple(
            QuestionReport(q.name, q.title, q.kind, status, share * q.max_score, q.max_score, message)
            for q in assignment.questions
        ),
        grader=grader.__version__,
        notes=(f"For staff: {for_staff}"[:400],),
    )


def work_for(job: dict[str, Any], finish: Callable[[Report], tuple[bytes, ...]]) -> Work:
    """What a worker does: ``finish`` makes what is handed over of a report."""
    state = Grader(Job(**job))

    def work(task: Any, may_take: Callable[[float], None]) -> tuple[bytes, ...]:
        if task is CONTROL:
            return (state.control(may_take).encode("utf-8", "replace"),)
        path, identity = task
        report = state.report(Path(path), identity, may_take)
        may_take(_RENDERING)
        output = finish(report)
        forget_cells()
        del report
        release_memory()  # a training leaves tens of megabytes, in pieces between what is kept
        return output

    return work


def prepare(job: dict[str, Any]) -> Work:
    """What a worker does that hands over reports as JSON."""
    return work_for(job, lambda report: (to_json(report),))


def plain(job: Job) -> dict[str, Any]:
    """A job as it crosses."""
    return asdict(job)
