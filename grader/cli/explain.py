"""``grader explain``: everything that is known of one answer, for whoever answers a student's mail."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import grader
from grader.cli import streams
from grader.cli.assignment_choice import Sources, assignment_of
from grader.cli.common import NOT_PASSED, PACK, exit_on_errors, fail, hidden_cases, require_separate, usage
from grader.cli.files import write

if TYPE_CHECKING:
    from grader.model import EvidencePack, QuestionReport, Report, Submission


def explain(
    submission: Annotated[Path, typer.Argument(help="A notebook, .py file, folder, archive; or a .pack.")],
    question: Annotated[str, typer.Argument(help="The question.")],
    assignment: Annotated[str, typer.Option(help="The assignment, where the notebook does not say.")] = "",
    seed: Annotated[int | None, typer.Option(help="Also run the hidden cases of this seed.")] = None,
    pack: Annotated[Path | None, typer.Option(help="Write the evidence here, to be replayed.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
    cases: Annotated[Path | None, typer.Option(help="The .cases file to judge with.")] = None,
) -> None:
    """Print all that is known of one answer; exit 1 when a pack that is replayed comes out differently."""
    from grader.course import CourseError
    from grader.grading import grade
    from grader.intake import read_submission
    from grader.messages import say
    from grader.model import to_json
    from grader.reporting import explain_answer
    from grader.sandbox import Sandbox

    if not submission.exists():
        usage(f"there is no {submission}. Name a notebook (.ipynb), a .py file, a folder, or a .pack.")
    require_separate(submission, pack)
    with exit_on_errors():
        before = _read_pack(submission) if submission.suffix == PACK else None
        handed_in = before.submission if before is not None else read_submission(submission)
        name = assignment or (before.assignment if before is not None else "")
        seed = before.hidden_seed if before is not None else seed
        try:
            origin = assignment_of(handed_in, submission, Sources(name, course, cases))
            used = origin.assignment
            used.question(question)
        except CourseError as error:
            usage(f"{error}.")
        if before is None:
            handed_in = read_submission(submission, used.asked)
        hidden = hidden_cases(used, seed)
        with Sandbox() as sandbox:
            report = grade(handed_in, used, sandbox, hidden=hidden, only=[question], hidden_seed=seed or 0)
        report_of_question = next(q for q in report.questions if q.name == question)
        streams.say(explain_answer(report, report_of_question))
        if origin.note is not None:
            streams.say("\n" + textwrap.fill(say(origin.note), 79))
        if pack is not None:
            write(pack, to_json(_evidence_pack(handed_in, report, report_of_question, seed)))
            where = f" --course {course}" if course is not None else ""
            streams.say(f"\nThe evidence: {pack}. Replay it: grader explain {pack} {question}{where}")
    if before is not None:
        same = report_of_question == before.answer
        streams.say(
            f"\nReplayed: the verdict is {'the same' if same else 'not the same'} as in {submission}."
        )
        raise typer.Exit(0 if same else NOT_PASSED)


def _evidence_pack(
    submission: Submission, report: Report, answer: QuestionReport, seed: int | None
) -> EvidencePack:
    from grader.model import EvidencePack

    return EvidencePack(
        grader.__version__, report.assignment.name, report.assignment.version, submission, answer, seed
    )


def _read_pack(path: Path) -> EvidencePack:
    from grader.intake import UnreadableError, read_pack

    try:
        return read_pack(path)
    except UnreadableError as error:
        fail(f"{path} is not a pack of evidence: {error}. Make one with grader explain … --pack FILE")
