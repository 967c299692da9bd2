"""``grader grade``: a class's submissions → a page for each, a page for the class, and a table of grades."""

from __future__ import annotations

import datetime
import os
import time
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli import outputs, runs, streams
from grader.cli.common import (
    COULD_NOT,
    course_folder,
    exit_on_errors,
    fail,
    require_assignment,
    require_folder,
    usage,
)
from grader.cli.exports import find, names_of_exports, write_class_export
from grader.cli.progress import Progress
from grader.cli.stopping import StoppedError, stoppable

if TYPE_CHECKING:
    from grader.model import QuestionReport, Report
    from grader.reporting.exports import Export

_WORKER = "grader.cli.worker"
_MAX_LISTED = 5


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
    export: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=f"Also write, of each and of the class: {names_of_exports()}."),
    ] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
) -> None:
    """Grade a class: exit 0 when every submission has a report, 3 if student code cannot be sealed here."""
    from grader.course import course_seed, load_assignment

    if not submissions.exists():
        usage(f"there is no {submissions}. Name the folder that holds the submissions.")
    folder = course_folder(course, submissions)
    require_assignment(folder, assignment)
    _require_separate(submissions, out)
    exports = [find(name) for name in export or ()]
    started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    clock = time.monotonic()
    entries: dict[str, Report] = {}
    failure: Exception | None = None
    stopped = 0
    with exit_on_errors("the same command with --resume"):
        jobs, skipped_entries = _jobs(submissions, out)
        if not jobs:
            usage(f"{submissions} holds no submissions: no notebook (.ipynb), .py file, folder or archive.")
        level = _level(accept)
        hidden_seed = course_seed(folder) if seed is None else seed
        used = load_assignment(folder, assignment)
        run = runs.run_of(folder, used, hidden_seed, level)
        if resume:
            entries = runs.finished_reports(out, run, jobs, used.asked)
            streams.say(f"{len(entries)} of {len(jobs)} reports hold still; grading the others.")
        left = [job for job in jobs if job[1] not in entries]
        facts: dict[str, Any] = {
            "started": started,
            "submissions": len(jobs),
            "skipped_entries": skipped_entries,
        }
        outputs.begin(out)
        runs.record(out, run, **facts)
        with stoppable() as ignore_signals:
            try:
                _grade_all(left, (str(folder), assignment, hidden_seed), workers, out, entries)
            except StoppedError as error:
                stopped = error.number
            except Exception as error:  # what is finished gets its table first
                failure = error
            ignore_signals()  # only the table and the class page are left to write
            facts["seconds"] = seconds = round(time.monotonic() - clock, 1)
            graded = {identity: entries[identity] for _, identity in jobs if identity in entries}
            _write_class(out, graded, exports, facts)
            runs.record(out, run, **facts, graded=len(graded))
        _print_summary(out, list(graded.values()), len(jobs), seconds, stopped, skipped_entries)
        if failure is not None:
            raise failure
    raise typer.Exit(0 if len(graded) == len(jobs) else (128 + stopped if stopped else COULD_NOT))


def _grade_all(
    jobs: list[tuple[Path, str]],
    plan: tuple[str, str, int],
    workers: int,
    out: Path,
    entries: dict[str, Report],
) -> None:
    """Grade submissions, and write each report as it is finished; ``entries`` keeps what the class needs."""
    from grader import reporting
    from grader.grading.stream import Job, results
    from grader.model import Report, from_json
    from grader.reporting.pages.entries import share_questions

    shared_answers: dict[str, QuestionReport] = {}
    stream = results(jobs, Job(*plan), workers, _WORKER)
    with Progress(len(jobs)) as progress, closing(stream):
        for identity, parts in stream:
            if isinstance(parts, Report):
                outputs.write_report(out, parts)
                entry = reporting.class_entry(parts)
            else:
                report, page, report_json = parts
                outputs.write_files(out, identity, report, page)
                entry = from_json(report_json)
            entries[identity] = share_questions(entry, shared_answers)
            progress.advance()


def _write_class(out: Path, entries: dict[str, Report], exports: list[Export], facts: dict[str, Any]) -> None:
    """Write what is made of a whole class, by id: the table of grades, the class page, and the exports."""
    reports = list(entries.values())
    outputs.write_class(out, reports, facts)
    for export in exports:
        write_class_export(export, reports, out)
        outputs.write_exports(out, export, list(entries))


def _require_separate(submissions: Path, out: Path) -> None:
    """End the command where output would be written over submissions, or into one of them."""
    from grader.intake import find_submissions

    require_folder(out, "--out")
    there, here = out.resolve(), submissions.resolve()
    if there == here:
        usage(f"--out is the folder of the submissions, {submissions}: name another one, to be made.")
    if here.is_dir() and there.parent != here and there.is_relative_to(here):
        inside = here / there.relative_to(here).parts[0]
        if inside in {path.resolve() for path in find_submissions(submissions)}:
            usage(f"--out lies in the submission {inside.name}: name a folder outside of it.")


def _level(accept: Accepted) -> str:
    """The level that the sandbox reaches here; ends the command where it is too low."""
    from grader.messages.machine import say_advice, say_shortfall
    from grader.sandbox import Sandbox
    from grader.sandbox.advice import advice

    with Sandbox() as sandbox:
        measurement = sandbox.measurement
    if accept is Accepted.sealed and measurement.level != "sealed":
        fail(
            f"the sandbox reaches only `{measurement.level}` here. {say_shortfall(measurement)} "
            f"The verdict is safe from that, this machine is not. {say_advice(advice(measurement))} "
            "`grader doctor` shows more; --accept limited grades all the same."
        )
    return measurement.level


def _jobs(submissions: Path, out: Path) -> tuple[list[tuple[Path, str]], list[tuple[str, str]]]:
    """(path, id) of each submission, and (name, reason) of what is not one though one might think so."""
    from grader.intake import find_submissions, skipped_entries, submission_ids
    from grader.messages import why_left_out

    paths = [path for path in find_submissions(submissions) if path.resolve() != out.resolve()]
    skipped = [(name, why_left_out(refusal)) for name, refusal in skipped_entries(submissions)]
    return list(zip(paths, submission_ids(paths), strict=True)), skipped


def _print_summary(
    out: Path,
    entries: list[Report],
    total: int,
    seconds: float,
    stopped: int,
    skipped_entries: list[tuple[str, str]],
) -> None:
    from grader.messages import say

    scores = sorted(entry.score for entry in entries if entry.problem is None)
    middle = f", median {scores[len(scores) // 2]:g} of {entries[0].max_score:g} points" if scores else ""
    unread = [entry for entry in entries if entry.problem is not None]
    head = "Interrupted: " if stopped else ""
    streams.say(f"{head}{len(entries)} of {total} submissions graded in {seconds:g} s{middle}.")
    if unread:
        streams.say(f"{len(unread)} of them could not be judged; their rows in grades.csv hold the reason:")
    for entry in unread[:_MAX_LISTED]:
        streams.say(f"  {entry.submission.id}: {say(entry.problem) if entry.problem else ''}")
    if len(unread) > _MAX_LISTED:
        streams.say(f"  and {len(unread) - _MAX_LISTED} more")
    faults = sum(any(q.status == "grader_fault" for q in entry.questions) for entry in entries)
    if faults:
        streams.say(f"{faults} of them met a fault of the grader's own; look for grader_fault in grades.csv.")
    for name, reason in skipped_entries[:_MAX_LISTED]:
        streams.say(f"Not graded: {name}, which {reason}.")
    if len(skipped_entries) > _MAX_LISTED:
        streams.say(f"Not graded: {len(skipped_entries) - _MAX_LISTED} more, which the class page lists.")
    if len(entries) < total:
        streams.say("The same command with --resume grades the others.")
    streams.say(f"The class:  {out / 'index.html'}")
    streams.say(f"The grades: {out / 'grades.csv'}")
