"""What a worker does with a class's submissions: read one, judge it; and judge a right one, as a control."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from grader.course import CourseAssignment, Experiment, PublicAssignment, load_assignment
from grader.grading.executors import Work
from grader.grading.judgement import Judgement
from grader.grading.memory import release_memory
from grader.grading.pipeline import grade
from grader.grading.report import report_for_all
from grader.intake import read_submission
from grader.model import (
    Case,
    Cell,
    Finding,
    Load,
    QuestionStatus,
    Report,
    SandboxInfo,
    Submission,
    to_json,
)
from grader.model.reasons import CrashConfirmed, ForStaff, GraderEnded, GraderFailed
from grader.model.verdicts import unjudged
from grader.sandbox import Sandbox
from grader.source import IMPORT_NUMPY, forget_cells

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
        self.assignment: CourseAssignment = load_assignment(Path(job.course), job.assignment)
        self.hidden_seed = job.seed
        self.hidden: tuple[Case, ...] = self.assignment.record_hidden(job.seed)
        self.sandbox = Sandbox()

    @property
    def seconds(self) -> float:
        """Seconds of wall time after which judging one submission has stalled."""
        training = sum(q.seconds for q in self.assignment.questions if isinstance(q, Experiment))
        return _SLACK * (self.sandbox.limits.session + 4 * training) + 60.0

    def report(self, path: Path, identity: str, set_deadline: Callable[[float], None]) -> Report:
        """The report of one submission, whatever happens."""
        submission = Submission(identity, "")
        try:
            set_deadline(_READING)
            submission = read_submission(path, self.assignment.asked, identity)
            set_deadline(self.seconds)
            return grade(
                submission, self.assignment, self.sandbox, hidden=self.hidden, hidden_seed=self.hidden_seed
            )
        except Exception as error:
            info = self.sandbox.info
            self.sandbox.close()
            self.sandbox = Sandbox()
            return fault_report(self.assignment, submission, info, f"{type(error).__name__}: {error}")

    def control(self, set_deadline: Callable[[float], None]) -> str:
        """What is wrong with how a right submission is judged here; nothing where it gets full marks."""
        set_deadline(self.seconds)
        cells = tuple(
            Cell(f"right {name}", "code", f"{IMPORT_NUMPY}{source}")
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
        return "; ".join(f"{q.name}: {q.status}: {q.findings}" for q in wrong[:3])


def fault_report(
    assignment: PublicAssignment, submission: Submission, sandbox: SandboxInfo, what: str
) -> Report:
    """The report of a submission on which the grader itself failed: no points are lost."""
    return _for_all(assignment, submission, sandbox, "grader_fault", GraderFailed(), ForStaff(what[:400]))


def crash_report(job: Job, submission: Submission, level: SandboxInfo) -> Report:
    """The report of a submission that ends the grader's own process each time, while a right one does not."""
    assignment = load_assignment(Path(job.course), job.assignment)
    return _for_all(assignment, submission, level, "crashed", GraderEnded(), CrashConfirmed())


def _for_all(
    assignment: PublicAssignment,
    submission: Submission,
    sandbox: SandboxInfo,
    status: QuestionStatus,
    finding: Finding,
    for_staff: Finding,
) -> Report:
    """A report in which every question has the same status; of all points, or of none."""
    judgements = {q.name: Judgement(unjudged(q.points, status, finding)) for q in assignment.questions}
    return report_for_all(assignment, submission, sandbox, judgements, (for_staff,))


def work_for(job: dict[str, Any], finish: Callable[[Report], tuple[bytes, ...]]) -> Work:
    """What a worker does: ``finish`` makes what is handed over of a report."""
    state = Grader(Job(**job))

    def work(task: Any, set_deadline: Callable[[float], None]) -> tuple[bytes, ...]:
        if task is CONTROL:
            return (state.control(set_deadline).encode("utf-8", "replace"),)
        path, identity = task
        report = state.report(Path(path), identity, set_deadline)
        set_deadline(_RENDERING)
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
