"""``grader grade``: a class's submissions → a page for each, a page for the class, and a table of grades."""

from __future__ import annotations

import datetime
import os
import signal
import sys
import time
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from grader.cli import runs
from grader.cli.common import COULD_NOT, course_folder, explained, give_up, usage, write
from grader.course import assignments, course_seed, load_assignment
from grader.model import Report, to_json

_RESERVED = frozenset({"index.html", "grades.csv", runs.RECORD})


class Accepted(StrEnum):
    """Levels that an instructor may settle for."""

    sealed = "sealed"
    limited = "limited"


def grade(
    submissions: Annotated[
        Path,
        typer.Argument(help="A folder or an archive of notebooks, or of one folder a student."),
    ],
    assignment: Annotated[str, typer.Option(help="The assignment that was handed in.")],
    out: Annotated[Path, typer.Option(help="Where the pages, reports and grades are written.")],
    workers: Annotated[
        int, typer.Option(min=1, max=256, help="Submissions graded at a time.")
    ] = os.cpu_count() or 1,
    seed: Annotated[int | None, typer.Option(min=0, help="Hidden seed; by default the course's own.")] = None,
    accept: Annotated[
        Accepted, typer.Option(help="The lowest level of the sandbox to grade at; see `grader doctor`.")
    ] = Accepted.sealed,
    resume: Annotated[
        bool, typer.Option("--resume", help="Take up the run in --out: keep the reports that hold still.")
    ] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
) -> None:
    """Grade a class: exit 0 when every submission has a report, 3 if student code cannot be sealed here."""
    from grader.grading.stream import Job, stream

    if not submissions.exists():
        usage(f"there is no {submissions}. Name the folder that holds the submissions.")
    folder = course_folder(course, submissions)
    if assignment not in assignments(folder):
        known = ", ".join(assignments(folder)) or "none"
        usage(f"{folder} has no assignment `{assignment}`; it has: {known}.")
    jobs = _jobs(submissions, out)
    if not jobs:
        usage(f"{submissions} holds no submissions: no notebook (.ipynb), .py file, folder or archive.")
    if out.exists() and not out.is_dir():
        usage(f"{out} is a file; --out names a folder.")
    started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    clock = time.monotonic()
    reports: dict[str, Report] = {}
    interrupted = False
    with explained():
        level = _level(accept)
        hidden_seed = course_seed(folder) if seed is None else seed
        used = load_assignment(folder, assignment)
        run = runs.run_of(folder, used, hidden_seed, level)
        if resume:
            reports = runs.finished(out, run, jobs, used.roots)
            print(f"{len(reports)} of {len(jobs)} reports hold still; grading the others.")
        left = [job for job in jobs if job[1] not in reports]
        runs.record(out, run, started=started)
        try:
            graded = stream(left, Job(str(folder), assignment, hidden_seed), workers)
            with _Progress(len(left)) as progress, closing(graded):
                for report in graded:
                    _write_one(out, report)
                    reports[report.submission.id] = report
                    progress.advance(report)
        except KeyboardInterrupt:
            interrupted = True
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the class page is left to write
        seconds = round(time.monotonic() - clock, 1)
        facts = {"started": started, "seconds": seconds, "submissions": len(jobs)}
        ordered = [reports[identity] for _, identity in jobs if identity in reports]
        _write_class(out, ordered, facts)
        runs.record(out, run, **facts, graded=len(ordered))
    _tell(out, ordered, len(jobs), seconds, interrupted)
    raise typer.Exit(0 if len(ordered) == len(jobs) else (130 if interrupted else COULD_NOT))


def _level(accept: Accepted) -> str:
    """The level that the sandbox reaches here; ends the command where it is too low."""
    from grader.sandbox import Sandbox
    from grader.sandbox.advice import advice, shortfall

    with Sandbox() as sandbox:
        measured = sandbox.measured
    if accept is Accepted.sealed and measured.level != "sealed":
        give_up(
            f"the sandbox reaches only `{measured.level}` here: {shortfall(measured)}. The verdict is safe "
            f"from that, this machine is not. To reach `sealed`: {advice(measured)}. "
            "`grader doctor` shows more; --accept limited grades all the same."
        )
    return measured.level


def _jobs(submissions: Path, out: Path) -> list[tuple[Path, str]]:
    """(path, id) of each submission; an id is the name without the ending, made unique."""
    from grader.intake import find_submissions, submission_id

    paths = [path for path in find_submissions(submissions) if path.resolve() != out.resolve()]
    taken: set[str] = set(_RESERVED)
    jobs = []
    for path in paths:
        identity = submission_id(path)
        if identity in taken:
            identity = path.name if path.name not in taken else f"{path.name} ({len(taken)})"
        taken.add(identity)
        jobs.append((path, identity))
    return jobs


def _write_one(out: Path, report: Report) -> None:
    from grader import reporting

    folder = out / report.submission.id
    write(folder / "report.json", to_json(report))
    write(folder / "feedback.html", reporting.student_page(report))


def _write_class(out: Path, reports: list[Report], run: dict[str, Any]) -> None:
    from grader import reporting

    write(out / "grades.csv", reporting.grades_csv(reports))
    write(out / "index.html", reporting.class_page(reports, run=run))


def _tell(out: Path, reports: list[Report], total: int, seconds: float, interrupted: bool) -> None:
    scores = sorted(report.score for report in reports)
    middle = f", median {scores[len(scores) // 2]:g} of {reports[0].max_score:g} points" if scores else ""
    head = "Interrupted: " if interrupted else ""
    print(f"{head}{len(reports)} of {total} submissions graded in {seconds:g} s{middle}.")
    faults = sum(any(q.status == "grader_fault" for q in report.questions) for report in reports)
    if faults:
        print(f"{faults} of them met a fault of the grader's own; look for grader_fault in grades.csv.")
    if interrupted:
        print("The same command with --resume grades the others.")
    print(f"The class:  {out / 'index.html'}")
    print(f"The grades: {out / 'grades.csv'}")


class _Progress:
    """A bar on a terminal, a line for every tenth elsewhere; on stderr, so that output stays clean."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.total, self.done = total, 0
        console = Console(stderr=True)
        self.bar = (
            Progress(
                TextColumn("Grading"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=console,
            )
            if console.is_terminal
            else None
        )

    def __enter__(self) -> _Progress:
        if self.bar is not None:
            self.bar.start()
            self.task = self.bar.add_task("", total=self.total)
        return self

    def __exit__(self, *exception: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def advance(self, report: Report) -> None:
        """One more submission has its report."""
        self.done += 1
        if self.bar is not None:
            self.bar.advance(self.task)
        elif self.done % max(1, self.total // 10) == 0 or self.done == self.total:
            sys.stderr.write(f"Graded {self.done} of {self.total}\n")
