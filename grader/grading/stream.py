"""Many submissions → a stream of Reports. A failure of ours costs nobody any points."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
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
            info = self.sandbox.info
            self.sandbox.close()
            self.sandbox = Sandbox()
            return fault_report(self.assignment, submission, info, f"{type(error).__name__}: {error}")


def fault_report(assignment: Assignment, submission: Submission, sandbox: SandboxInfo, what: str) -> Report:
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
        sandbox,
        total,
        total,
        True,
        questions,
        grader=grader.__version__,
        notes=(f"For staff: {what}"[:400],),
    )


def crash_report(job: Job, submission: Submission) -> Report:
    """The report of a submission that, alone in a process, ended the whole process again."""
    assignment = load_assignment(Path(job.course), job.assignment)
    message = "This submission ended the grader's own process, every time it was run."
    questions = tuple(
        QuestionReport(q.name, q.title, q.kind, "crashed", 0.0, q.max_score, message)
        for q in assignment.questions
    )
    with Sandbox() as sandbox:
        info = sandbox.info
    why = "its worker died each time: a person should look at the code"
    return replace(fault_report(assignment, submission, info, why), score=0.0, questions=questions)


def stream(jobs: Sequence[tuple[Path, str]], job: Job, workers: int) -> Generator[Report, None, None]:
    """Reports of ``(path, id)`` pairs, as they are finished. Stopping early leaves no process behind."""
    left = list(jobs)
    for _ in range(_MAX_POOLS):
        if left:
            left = yield from _in_a_pool(left, job, workers)
    for path, identity in left:  # one of these ends its worker: each alone, to know which
        if (yield from _in_a_pool([(path, identity)], job, 1)):
            yield crash_report(job, Submission(identity, ""))


_MAX_POOLS = 3
"""Pools that may break under a whole class: a worker that something killed costs nobody points."""


def _in_a_pool(
    jobs: Sequence[tuple[Path, str]], job: Job, workers: int
) -> Generator[Report, None, list[tuple[Path, str]]]:
    """Reports of what a pool finishes; what it left when a worker died is returned."""
    pool = _pool(min(workers, len(jobs)), job)
    left: list[tuple[Path, str]] = []
    finished = False
    try:
        with _without_interrupts():
            futures = {pool.submit(_work, str(path), identity): (path, identity) for path, identity in jobs}
        for future in as_completed(futures):
            try:
                report: Report = from_json(future.result())
            except BrokenExecutor:
                left.append(futures[future])
            else:
                yield report
        finished = True
    finally:
        if not finished:
            _kill_workers(pool)
        pool.shutdown(wait=True, cancel_futures=True)
    return left


def _pool(workers: int, job: Job) -> ProcessPoolExecutor:
    context = get_context("spawn")  # a fork would copy whatever threads the caller has
    return ProcessPoolExecutor(max(1, workers), context, initializer=_start, initargs=(job,))


def _kill_workers(pool: ProcessPoolExecutor) -> None:
    """Whoever stops early does not wait for what is running; its sandboxes end with it."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.kill()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started here ignores Ctrl-C, which is for the parent."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_worker: Grader | None = None


def _start(job: Job) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends the pool
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Grader(job)


def _end_with_parent() -> None:
    """However the parent ends (kill -9 too), its workers end, and their sandboxes with them."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(path: str, identity: str) -> bytes:
    assert _worker is not None
    return to_json(_worker.report(Path(path), identity))
