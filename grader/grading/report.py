"""Judgements → the report of one submission. Each question's report is built here, once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import grader
from grader.checks import decides
from grader.checks.tolerances import TOLERANCES
from grader.course import PublicAssignment, Question
from grader.grading.answers import Answer
from grader.grading.judgement import Judgement
from grader.grading.substituted_outcomes import redact_count
from grader.model import (
    AssignmentInfo,
    CaseCount,
    Finding,
    QuestionReport,
    Report,
    SandboxInfo,
    Submission,
    SubmissionInfo,
    Times,
)
from grader.model.reasons import OtherRelease
from grader.model.statuses import PROVISIONAL
from grader.model.verdicts import count_cases


def question_report(
    question: Question, assignment: PublicAssignment, judgement: Judgement, answer: Answer | None = None
) -> QuestionReport:
    """Everything known of one question."""
    verdict, outcomes = judgement.verdict, judgement.outcomes
    total = sum(any(map(decides, case.checks)) for case in assignment.public_cases(question))
    public = count_cases(outcomes, hidden=False, total=total)
    hidden = count_cases(outcomes, hidden=True, total=assignment.hidden_counts.get(question.name, 0))
    if judgement.counts_withheld:
        right = verdict.status == "passed"
        public, hidden = redact_count(public, right), redact_count(hidden, right)
    return QuestionReport(
        name=question.name,
        title=question.title,
        kind=question.kind,
        status=verdict.status,
        score=verdict.points,
        max_score=question.max_score,
        findings=verdict.findings,
        in_hidden_case=verdict.in_hidden_case,
        parts=verdict.parts,
        public=public,
        hidden=hidden,
        blocked_by=verdict.blocked_by,
        substitutes=judgement.substitutes,
        cells=answer.cells if answer is not None else (),
        outcomes=outcomes,
        plots=judgement.plots,
        output=judgement.output,
        reading=question.reading,
    )


def build_report(
    submission: Submission,
    assignment: PublicAssignment,
    sandbox: SandboxInfo,
    questions: Sequence[QuestionReport],
    notes: Sequence[Finding],
    *,
    hidden_cases: bool,
    times: Times,
) -> Report:
    """The report of a submission; of its cells those that are the student's own are kept."""
    released = submission.stamp.version if submission.stamp is not None else assignment.version
    if released != assignment.version:
        notes = [*notes, OtherRelease(released, assignment.version)]
    shown = [i for i, cell in enumerate(submission.cells) if cell.role in ("answer", "written", "free")]
    position = {old: new for new, old in enumerate(shown)}
    return Report(
        assignment=AssignmentInfo(assignment.name, assignment.version, assignment.title),
        submission=SubmissionInfo(submission.id, submission.hash, _content(submission)),
        sandbox=sandbox,
        score=round(sum(q.score for q in questions), 2),
        max_score=sum(q.max_score for q in questions),
        provisional=any(q.status in PROVISIONAL for q in questions),
        questions=tuple(
            replace(q, cells=tuple(position[i] for i in q.cells if i in position)) for q in questions
        ),
        grader=grader.__version__,
        hidden_cases=hidden_cases,
        notes=(*submission.notes, *notes),
        problem=submission.problem,
        cells=tuple(submission.cells[i] for i in shown),
        tolerances=dict(TOLERANCES),
        times=times,
    )


def _content(submission: Submission) -> str:
    """A hash of the code of a submission; empty where there is none."""
    sources = [cell.source for cell in submission.cells if cell.kind == "code" and cell.source.strip()]
    sources += sorted(m.source for m in submission.modules if m.name.startswith("submission.") and m.source)
    digest = hashlib.sha256()
    for source in sources:
        data = source.encode("utf-8", "replace")
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest() if sources else ""


def report_for_all(
    assignment: PublicAssignment,
    submission: Submission,
    sandbox: SandboxInfo,
    judgement_of: Mapping[str, Judgement],
    notes: Sequence[Finding],
) -> Report:
    """The report of a submission that was never judged question by question."""
    questions = [question_report(q, assignment, judgement_of[q.name]) for q in assignment.questions]
    bare = [replace(q, public=CaseCount(), hidden=CaseCount(), reading="") for q in questions]
    report = build_report(submission, assignment, sandbox, bare, notes, hidden_cases=False, times=Times())
    return replace(report, provisional=True, cells=(), tolerances={})
