"""One question's report, from its outcomes or from what was handed in. Nothing is run here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.checks import decides
from grader.course import Assignment, Question
from grader.course.narrative import PLACEHOLDER
from grader.grading import literal
from grader.grading.answers import answering_cells, unparsed
from grader.grading.score import Score, count, first_failure, score
from grader.model import Outcome, PartScore, Plot, QuestionReport, QuestionStatus, Submission


def literal_answer(question: Question, submission: Submission, assignment: Assignment) -> QuestionReport:
    """A literal, compared entry by entry where the key's digests are at hand."""
    if question.name not in assignment.digests:
        answered = literal.is_answered(question, assignment, submission)
        return _awaiting(question, submission, answered, "Recorded; it is compared at grading.")
    outcomes = literal.judge_literal(question, assignment, submission)
    report = answer_report(question, assignment, submission, outcomes, "")
    entries = len(assignment.digests[question.name])
    right = sum(outcome.status == "passed" for outcome in outcomes)
    if report.status == "not_attempted":
        return report
    points = round(question.max_score * right / entries, 2)
    status: QuestionStatus = "passed" if right == entries else "partial" if right else "failed"
    message = "" if right == entries else f"{right} of {entries} entries are right."
    return replace(
        report, score=points, status=status, message=message,
        parts=(PartScore("answer", points, question.max_score),),
    )  # fmt: skip


def written_answer(question: Question, submission: Submission, assignment: Assignment) -> QuestionReport:
    """A written answer, or an experiment where the reference is not at hand."""
    if question.kind == "experiment":
        answered = literal.is_answered(question, assignment, submission)
        return _awaiting(question, submission, answered, "Your net is trained and judged at grading.")
    stub = assignment.stubs.get(question.name, PLACEHOLDER)
    answers = [cell.source for cell in submission.cells if question.name in cell.questions]
    answered = any(
        answer.strip() and answer.strip() != stub.strip() and PLACEHOLDER not in answer for answer in answers
    )
    message = "Handed in; a person reads it. Until then it counts in full, provisionally."
    return _awaiting(question, submission, answered, message)


def _awaiting(question: Question, submission: Submission, answered: bool, message: str) -> QuestionReport:
    points = question.max_score if answered else 0.0
    (part,) = question.points
    return QuestionReport(
        question.name,
        question.title,
        question.kind,
        "awaiting_review" if answered else "not_attempted",
        points,
        question.max_score,
        message if answered else "Not attempted yet.",
        parts=(PartScore(part, points, question.max_score),),
        cells=answering_cells(question, submission),
        reading=question.reading,
    )


def answer_report(
    question: Question,
    assignment: Assignment,
    submission: Submission,
    outcomes: Sequence[Outcome],
    output: str,
    plots: tuple[Plot, ...] = (),
) -> QuestionReport:
    """A question with its outcomes, scored."""
    judged: Score = score(question, outcomes)
    own = [case for case in assignment.public if case.question == question.name]
    public = sum(any(map(decides, case.checks)) for case in own)
    return QuestionReport(
        name=question.name,
        title=question.title,
        kind=question.kind,
        status=judged.status,
        score=question.max_score if judged.status == "grader_fault" else judged.points,
        max_score=question.max_score,
        message=_first_message(outcomes, judged),
        parts=judged.parts,
        public=count(outcomes, hidden=False, total=public),
        hidden=count(outcomes, hidden=True, total=assignment.hidden_counts.get(question.name, 0)),
        cells=answering_cells(question, submission),
        outcomes=tuple(outcomes),
        plots=plots,
        output=output,
        reading=question.reading,
    )


def _first_message(outcomes: Sequence[Outcome], judged: Score) -> str:
    """The message of the smallest case that fails, public before hidden."""
    if judged.status == "passed":
        return ""
    first = first_failure(outcomes)
    if judged.status == "not_attempted":
        return first.message if first is not None and first.message else "Not attempted yet."
    return first.message if first is not None else ""


def untouched(question: Question, assignment: Assignment, submission: Submission) -> QuestionReport:
    """A question whose code is as it was released."""
    report = answer_report(question, assignment, submission, [], "")
    return replace(
        report, status="not_attempted", message="Not attempted yet: the code is as it was released."
    )


def absent(question: Question, assignment: Assignment, submission: Submission) -> QuestionReport:
    """The report of a question whose name nothing binds: its cell does not parse, or there is none."""
    report = answer_report(question, assignment, submission, [], "")
    broken = unparsed(question, submission)
    if broken:
        where, why = broken[-1]
        message = f"The answer in {where} does not parse: {why}."
        return replace(report, status="error", message=message)
    message = f"There is no `{question.definition.partition('.')[0]}` in this submission."
    return replace(report, status="not_attempted", message=message)


def unread(question: Question, assignment: Assignment) -> QuestionReport:
    """A question of a submission of which nothing could be read."""
    report = answer_report(question, assignment, Submission("", ""), [], "")
    return replace(report, status="not_attempted", message="The submission could not be read.")
