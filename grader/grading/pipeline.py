"""Submission + assignment → report: the stages, in order."""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence

from grader.course import PublicAssignment, Question
from grader.grading import dependencies
from grader.grading.answers import collect_answers
from grader.grading.given_cells import read_additions
from grader.grading.judgement import Grading, Judgement
from grader.grading.kinds import kinds_in_order, question_kind
from grader.grading.other_work import refuse_other_work
from grader.grading.report import build_report, question_report
from grader.grading.shadowed import without_shadowing
from grader.grading.written_cells import mark_written
from grader.intake import with_contract_files
from grader.model import Case, Report, Submission, Times
from grader.model.reasons import NotRead
from grader.model.verdicts import unjudged
from grader.sandbox import Sandbox


def grade(
    submission: Submission,
    assignment: PublicAssignment,
    sandbox: Sandbox,
    *,
    hidden: Sequence[Case] = (),
    only: Sequence[str] = (),
    hidden_seed: int = 0,
) -> Report:
    """Judge one submission. ``hidden`` cases are recorded by the caller, once; ``only`` names questions.

    ``hidden_seed`` draws what experiments train with: pass the one that the hidden cases are made of.
    """
    started, clock = datetime.datetime.now(datetime.UTC), time.monotonic()
    reported = [q for q in assignment.questions if not only or q.name in only]
    questions = _with_needs(reported, assignment)
    submission = refuse_other_work(submission, assignment)
    submission, doubles = with_contract_files(submission, assignment.roots, assignment.files)
    submission, changes = read_additions(submission, assignment.locked_cells)
    submission = mark_written(submission, assignment)
    loaded, bound_again = without_shadowing(submission, assignment)
    answers = collect_answers(loaded, assignment, questions)
    grading = Grading(loaded, assignment, sandbox, answers, hidden, hidden_seed)
    grading.notes += [*doubles, *bound_again]
    own_release = submission.stamp is None or submission.stamp.version == assignment.version
    if own_release and submission.problem is None:
        grading.notes += changes  # of another release they may be the course's own
    judgements = judge_all(questions, grading)
    reports = [question_report(q, assignment, judgements[q.name], grading.answer(q)) for q in reported]
    # Code that has seen a hidden input could spell it out in the time that it takes.
    seconds = 0.0 if hidden else round(time.monotonic() - clock, 3)
    times = Times(started.isoformat(timespec="seconds"), seconds)
    return build_report(
        submission, assignment, sandbox.info, reports, grading.notes, hidden_cases=bool(hidden), times=times
    )


def judge_all(questions: Sequence[Question], grading: Grading) -> dict[str, Judgement]:
    """Judge every question, kind by kind: experiments build on the verdicts on code."""
    if grading.submission.problem is not None:
        return _unread(questions)
    judgements: dict[str, Judgement] = {}
    for kind in kinds_in_order():
        of_kind = [question for question in questions if question_kind(question.kind) is kind]
        if of_kind:
            judgements |= kind.judge(of_kind, grading, judgements)
    return judgements


def _with_needs(questions: Sequence[Question], assignment: PublicAssignment) -> list[Question]:
    """The questions and all that they need, in the assignment's order."""
    names = {q.name for q in questions}
    names |= {name for q in questions for name in dependencies.all_needs(q, assignment)}
    return [q for q in assignment.questions if q.name in names]


def _unread(questions: Sequence[Question]) -> dict[str, Judgement]:
    """Judgements on a submission of which nothing could be read."""
    return {q.name: Judgement(unjudged(q.points, "not_attempted", NotRead())) for q in questions}
