"""``grader check``: one submission, judged here and now; what CI calls."""

from __future__ import annotations

import os
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import streams
from grader.cli.assignment_choice import Sources, assignment_of
from grader.cli.common import (
    COULD_NOT,
    NOT_PASSED,
    exit_on_errors,
    fail,
    hidden_cases,
    require_separate,
    usage,
)
from grader.cli.exports import names_of_exports, parse_export, write_export
from grader.cli.files import write

if TYPE_CHECKING:
    from grader.model import Report


def check(
    notebook: Annotated[Path, typer.Argument(help="A notebook, .py file, folder or archive.")],
    question: Annotated[list[str] | None, typer.Option(help="Only this question (may be repeated).")] = None,
    assignment: Annotated[str, typer.Option(help="The assignment, where the notebook does not say.")] = "",
    html: Annotated[Path | None, typer.Option(help="Write the feedback page here.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the report as JSON here.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write a JUnit report here.")] = None,
    export: Annotated[
        list[str] | None, typer.Option(metavar="NAME=FILE", help=f"Write an export: {names_of_exports()}.")
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=100, help="Succeed from this percentage of the points on.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Also run the hidden cases of this seed.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
    cases: Annotated[Path | None, typer.Option(help="The .cases file to judge with.")] = None,
    cases_sha256: Annotated[str, typer.Option(help="The SHA-256 that the .cases file must have.")] = "",
) -> None:
    """Check one submission: exit 0 if all passed, 1 if not, 2 usage, 3 if it could not be graded."""
    from grader.course import CourseError
    from grader.grading import grade
    from grader.intake import read_submission
    from grader.messages import say
    from grader.sandbox import Sandbox

    if not notebook.exists() and not any(parent.is_file() for parent in notebook.parents):
        usage(f"there is no {notebook}. Name a notebook (.ipynb), a .py file, or a folder of them.")
    exports = [parse_export(text) for text in export or ()]
    require_separate(notebook, html, json, junit, *(path for _, path in exports))
    with exit_on_errors():
        submission = read_submission(notebook)
        try:
            choice = assignment_of(submission, notebook, Sources(assignment, course, cases, cases_sha256))
            used = choice.assignment
            for name in question or []:
                used.question(name)
        except CourseError as error:
            usage(f"{error}.")
        submission = read_submission(notebook, used.asked)  # again: now the names to look for are known
        hidden = hidden_cases(used, seed)
        with Sandbox() as sandbox:
            report = grade(
                submission, used, sandbox, hidden=hidden, only=question or (), hidden_seed=seed or 0
            )
        if choice.note is not None:
            report = replace(report, notes=(*report.notes, choice.note))
        _write_all(report, html, json, junit)
        for one, path in exports:
            write_export(one, report, path)
        _show(report, html)
        if choice.note is not None:
            streams.say("\n" + textwrap.fill(say(choice.note), 79))
    raise typer.Exit(_exit_code(report, fail_under))


def _write_all(report: Report, html: Path | None, json: Path | None, junit: Path | None) -> None:
    from grader import reporting
    from grader.model import to_json

    if html is not None:
        write(html, reporting.student_page(report))
    if json is not None:
        write(json, to_json(report))
    if junit is not None:
        write(junit, reporting.junit_xml(report))
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with open(summary, "a", encoding="utf-8", errors="replace") as file:
                file.write(reporting.step_summary(report))
        except OSError as error:  # the verdict stands without it
            streams.remark(f"grader: no summary was written to {summary}: {error.strerror or error}")


def _show(report: Report, html: Path | None) -> None:
    from rich.console import Console

    from grader import reporting

    page = None if html is None else str(html)
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(reporting.terminal(report, page=page))
    else:
        streams.say(reporting.terminal_text(report, page=page))


def _exit_code(report: Report, fail_under: float | None) -> int:
    if report.problem or any(q.status == "grader_fault" for q in report.questions):
        return COULD_NOT
    judged = [q for q in report.questions if q.status != "awaiting_review"]
    if fail_under is None:
        return 0 if all(q.status == "passed" for q in judged) else NOT_PASSED
    possible = sum(q.max_score for q in judged)
    if possible == 0:
        fail("nothing in this report is graded automatically")
    return 0 if 100 * sum(q.score for q in judged) / possible >= fail_under - 1e-9 else NOT_PASSED
