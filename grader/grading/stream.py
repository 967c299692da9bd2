"""Many submissions → a stream of Reports. A failure of ours costs nobody any points."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import grader
from grader.course import Assignment, load_assignment
from grader.grading.grade import grade
from grader.intake import read_submission
from grader.model import (
    AssignmentInfo,
    Case,
    QuestionReport,
    Report,
    SandboxInfo,
    Submission,
    SubmissionInfo,
    from_json,
    to_json,
)
from grader.sandbox import Sandbox


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
        self.hidden: tuple[Case, ...] = self.assignment.record_hidden(job.seed)
        self.sandbox = Sandbox()

    def report(self, path: Path, identity: str) -> Report:
        """The report of one submission, whatever happens."""
        submission = Submission(identity, "")
        try:
            submission = read_submission(path, self.assignment.roots, identity)
            return grade(submission, self.assignment, self.sandbox, hidden=self.hidden)
        except Exception as error:
            self.sandbox.close()
            self.sandbox = Sandbox()
            return fault_report(self.assignment, submission, f"{type(error).__name__}: {error}")


def fault_report(assignment: Assignment, submission: Submission, what: str) -> Report:
    """The report of a submission on which the grader itself failed: no points are lost."""
    message = "The grader failed on this submission: not your fault, and no points are lost."
    questions = tuple(
        QuestionReport(q.name, q.title, q.kind, "grader_fault", q.max_score, q.max_score, message)
        for q in assignment.questions
    )
    total = sum(q.max_score for q in assignment.questions)
    return Report(
        AssignmentInfo(assignment.name, assignment.version, assignment.title),
        SubmissionInfo(submission.id, submission.hash),
        SandboxInfo("limited"),
        total,
        total,
        True,
        questions,
        grader=grader.__version__,
        notes=(f"For staff: {what}"[:400],),
    )


def stream(jobs: Sequence[tuple[Path, str]], job: Job, workers: int) -> Iterator[Report]:
    """Reports of ``(path, id)`` pairs, as they are finished. Stopping early leaves no process behind."""
    if workers <= 1 or len(jobs) <= 1:
        worker = Grader(job)
        try:
            for path, identity in jobs:
                yield worker.report(path, identity)
        finally:
            worker.sandbox.close()
        return
    context = get_context("spawn")  # a fork would copy whatever threads the caller has
    pool = ProcessPoolExecutor(min(workers, len(jobs)), context, initializer=_start, initargs=(job,))
    try:
        yield from _collect(pool, jobs, job)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _collect(pool: Executor, jobs: Sequence[tuple[Path, str]], job: Job) -> Iterator[Report]:
    futures: dict[Future[bytes], tuple[Path, str]] = {
        pool.submit(_work, str(path), identity): (path, identity) for path, identity in jobs
    }
    broken: list[tuple[Path, str]] = []
    for future in as_completed(futures):
        try:
            yield from_json(future.result())
        except Exception:
            broken.append(futures[future])  # its worker died: once more, in a process of its own
    for path, identity in broken:
        with ProcessPoolExecutor(1, get_context("spawn"), initializer=_start, initargs=(job,)) as alone:
            try:
                yield from_json(alone.submit(_work, str(path), identity).result())
            except Exception as error:
                assignment = load_assignment(Path(job.course), job.assignment)
                yield fault_report(assignment, Submission(identity, ""), f"{type(error).__name__}: {error}")


_worker: Grader | None = None


def _start(job: Job) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends the pool
    _worker = Grader(job)


def _work(path: str, identity: str) -> bytes:
    assert _worker is not None
    return to_json(_worker.report(Path(path), identity))
