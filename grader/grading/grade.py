"""Submission + Assignment → Report: the stages, in order."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import grader
from grader.checks.tolerances import TOLERANCES
from grader.course import Assignment, Experiment, Question
from grader.grading import code, dependencies, experiment, own_work, substitution
from grader.grading.answers import as_released, home_labels, missing
from grader.grading.hyperparameters import read_hyperparameters
from grader.grading.question_reports import (
    absent,
    answer_report,
    literal_answer,
    unread,
    untouched,
    written_answer,
)
from grader.intake import load_of
from grader.model import (
    AssignmentInfo,
    Case,
    Load,
    Outcome,
    PartScore,
    Plot,
    QuestionReport,
    Report,
    Submission,
    SubmissionInfo,
    Times,
)
from grader.sandbox import Budget, Sandbox, Session

Reports = dict[str, QuestionReport]
_NOT_REACHED = "The submission as a whole took more than {:g} seconds."


def grade(
    submission: Submission,
    assignment: Assignment,
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
    questions = [q for q in assignment.questions if not only or q.name in only]
    notes: list[str] = []
    if submission.problem:
        reports = {q.name: unread(q, assignment) for q in questions}
    else:
        needed = _with_needs(questions, assignment)
        reports = _judge(submission, assignment, sandbox, hidden, needed, notes, hidden_seed)
    # Code that has seen a hidden input could spell it out in the time that it takes.
    seconds = 0.0 if hidden else round(time.monotonic() - clock, 3)
    return _report(
        submission, assignment, sandbox, [reports[q.name] for q in questions], bool(hidden), notes,
        Times(started.isoformat(timespec="seconds"), seconds),
    )  # fmt: skip


def _judge(
    submission: Submission,
    assignment: Assignment,
    sandbox: Sandbox,
    hidden: Sequence[Case],
    questions: Sequence[Question],
    notes: list[str],
    hidden_seed: int,
) -> Reports:
    cases = [*assignment.public, *hidden]
    load = _load(submission, assignment)
    budget = Budget(sandbox.limits.session, [q.name for q in questions if q.kind == "code"])
    reports: Reports = {}
    attempted = [q for q in questions if q.kind == "code" and not as_released(q, assignment, submission)]
    for question in questions:
        if question.kind == "code" and question not in attempted:
            reports[question.name] = untouched(question, assignment, submission)
    for question in missing(attempted, submission):
        attempted.remove(question)
        reports[question.name] = absent(question, assignment, submission)
    if attempted:
        with sandbox.open(load, budget=budget) as session:
            notes += _load_notes(session)
            reports |= _judge_together(attempted, submission, assignment, session, hidden)
    for question in attempted:
        reports[question.name] = _judge_with_substitutes(
            question, submission, assignment, sandbox, cases, reports, budget
        )
    if attempted:
        notes += _for_a_person(reports.values(), submission)
    training = experiment.budget(questions)
    for question in questions:
        if isinstance(question, Experiment):
            reports[question.name] = _experiment(
                question, submission, assignment, sandbox, load, reports, training, hidden_seed
            )
        elif question.kind == "literal":
            reports[question.name] = literal_answer(question, submission, assignment)
        elif question.kind == "written" or question.kind == "experiment":
            reports[question.name] = written_answer(question, submission, assignment)
    return reports


def _judge_together(
    questions: Sequence[Question],
    submission: Submission,
    assignment: Assignment,
    session: Session,
    hidden: Sequence[Case],
) -> Reports:
    """All code questions in one child: the public cases of every question before the first hidden one.

    A child that has seen hidden inputs may carry them along; what is shown of it was answered before.
    """
    reports: Reports = {}
    outcomes: dict[str, list[Outcome]] = {}
    output, problems = session.output, tuple(session.problems)  # a later child's come after hidden cases

    def report(question: Question, found: list[Outcome]) -> None:
        told = code.explain_missing(found, home_labels(question, submission), problems)
        outcomes[question.name] = told
        reports[question.name] = answer_report(question, assignment, submission, told, output)

    for question in questions:
        if not _hopeless(question, reports):  # else it would only wait for the same deadline again
            public = _of(question, assignment.public)
            report(question, _judge_in_a_clean_child(question, public, session, assignment))
            if reports[question.name].score > 0:
                measured = own_work.suspected_numerical_differentiation(question, public, session)
                report(question, outcomes[question.name] + ([measured] if measured else []))
    for question in [q for q in questions if q.name in reports]:
        status = reports[question.name].status
        cases = _of(question, hidden)
        if status == "timeout" or status == "crashed":
            found = code.not_run(cases, status)
        else:
            found = _judge_in_a_clean_child(question, cases, session, assignment)
        if cases:
            report(question, outcomes[question.name] + found)
    return reports


def _judge_in_a_clean_child(
    question: Question, cases: Sequence[Case], session: Session, assignment: Assignment
) -> list[Outcome]:
    """Outcomes that no other question's code has to answer for.

    All questions are asked of one child, since a fresh one each would cost more than all else. What fails in
    a child that other answers have run in is asked again of a fresh one, and that counts: whatever they left
    behind there (a patched NumPy, builtins without ``__import__``), it is not this answer's fault.
    """
    used = session.used
    outcomes = code.judge(question, cases, session, assignment)
    statuses = {outcome.status for outcome in outcomes if outcome.scored}
    if not used or statuses <= code.FINE or statuses & {"timeout", "crashed", "grader_fault"}:
        return outcomes
    session.renew()
    return code.judge(question, cases, session, assignment)


def _of(question: Question, cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.question == question.name]


def _load(submission: Submission, assignment: Assignment, replaced: Mapping[str, str] | None = None) -> Load:
    return load_of(submission, assignment.roots, assignment.locked, assignment.provided, replaced)


def _with_needs(questions: Sequence[Question], assignment: Assignment) -> list[Question]:
    """The questions and all that they need, in the assignment's order."""
    names = {q.name for q in questions} | {
        n for q in questions for n in dependencies.transitive(q, assignment)
    }
    return [q for q in assignment.questions if q.name in names]


def _hopeless(question: Question, reports: Reports) -> bool:
    return any(name in reports and reports[name].status == "timeout" for name in question.needs)


def _judge_with_substitutes(
    question: Question,
    submission: Submission,
    assignment: Assignment,
    sandbox: Sandbox,
    cases: Sequence[Case],
    reports: Reports,
    budget: Budget,
) -> QuestionReport:
    """Points are lost once: where an upstream answer is wrong, judge again with a right one in its place."""
    first = reports.get(question.name)
    if first is not None and first.status in ("passed", "not_attempted", "grader_fault"):
        return first
    wrong = dependencies.wrong(question, assignment, reports)
    if not wrong:
        assert first is not None
        return first
    replaced = dependencies.replacements(question, wrong, assignment)
    second: QuestionReport | None = None
    gave_values = False
    if replaced:
        program = _load(submission, assignment, replaced)
        with sandbox.open(program, budget=budget, account=question.name) as session:
            judged = code.judge(question, _of(question, cases), session, assignment)
            if any(outcome.status == "passed" for outcome in judged):
                public = _of(question, assignment.public)
                measured = own_work.suspected_numerical_differentiation(
                    question, public, session, numbers=False
                )
                judged += [measured] if measured else []
        whole = answer_report(question, assignment, submission, judged, "")
        if whole.status == "timeout" and budget.left(question.name) <= 0:
            if first is not None and first.score > 0:
                return first
            message = _NOT_REACHED.format(budget.seconds)
            return replace(untouched(question, assignment, submission), status="timeout", message=message)
        if first is not None and _is_undefined(whole):
            return first  # its own cell failed while it was loaded: no other answer is to blame
        gave_values = whole.status == "failed"
        substitutes = tuple(name for name in wrong if assignment.question(name).definition in replaced)
        outcomes = substitution.redacted_outcomes(question, judged)
        told = answer_report(question, assignment, submission, outcomes, "")
        second = replace(substitution.counts(told), substitutes=substitutes)
    best = second if first is None or (second and second.score > first.score) else first
    best = best or untouched(question, assignment, submission)
    everything_right = second is not None and second.substitutes == tuple(wrong)
    if best.score == 0 and not (everything_right and gave_values):
        roots = dependencies.roots(wrong, reports)
        message = f"Waiting for {_join(roots)}: this answer builds on it."
        waiting = answer_report(question, assignment, submission, [], "")
        return replace(waiting, status="blocked", message=message, blocked_by=tuple(roots))
    if best.score == 0 and second is not None:
        best = second
    if best.substitutes:
        more = "" if best.status == "passed" else " More is told once what it builds on is right."
        message = f"Judged with a correct {_join(best.substitutes)}. {best.message}".strip()
        best = replace(best, message=message + more)
    return best


def _is_undefined(report: QuestionReport) -> bool:
    return any(finding.kind == "missing" for o in report.outcomes for finding in o.findings)


def _experiment(
    question: Experiment,
    submission: Submission,
    assignment: Assignment,
    sandbox: Sandbox,
    load: Load,
    reports: Reports,
    budget: Budget,
    hidden_seed: int,
) -> QuestionReport:
    chosen = read_hyperparameters(question, assignment, submission)
    if isinstance(chosen, Outcome):
        return answer_report(question, assignment, submission, [chosen], "")
    needed = dependencies.transitive(question, assignment)
    wrong = dependencies.wrong(question, assignment, reports)
    own = len(needed) - len(wrong)
    replaced = dependencies.replacements(question, wrong, assignment)
    plots: tuple[Plot, ...] = ()
    if wrong and (2 * own < len(needed) or not replaced):  # a net that is mostly ours shows nothing of theirs
        return _waiting(question, submission, assignment, wrong, reports)
    if not wrong:
        outcome, plots = experiment.train(question, assignment, load, chosen, sandbox, budget, hidden_seed)
    slow = not wrong and outcome.status == "timeout"  # all of it right, and too slow to train with
    if slow:
        replaced = dependencies.replacements(question, needed, assignment)
    if replaced:
        program = _load(submission, assignment, replaced)
        trained, _ = experiment.train(question, assignment, program, chosen, sandbox, budget, hidden_seed)
        outcome, plots = substitution.redacted_training(trained), ()
    points = round(_share(outcome) * question.max_score * own / (len(needed) or 1), 2)
    if points == 0 and wrong:
        return _waiting(question, submission, assignment, wrong, reports)
    report = answer_report(question, assignment, submission, [outcome], "", plots)
    status = report.status
    if outcome.status in ("passed", "failed") and points < question.max_score:
        status = "partial" if points > 0 else "failed"
    substitutes = tuple(needed if slow else wrong)
    message = outcome.message
    if substitutes:
        message = f"Trained with our {_join(substitutes)}. {_paid(own, len(needed), slow)} {message}"
    return replace(
        report, status=status, score=points, message=message, substitutes=substitutes,
        parts=(PartScore("accuracy", points, question.max_score),),
    )  # fmt: skip


def _paid(own: int, needed: int, slow: bool) -> str:
    """What an experiment pays for that was trained with answers of ours."""
    if slow:
        return "Yours are right, and take too long to train with."
    return f"{own} of the {needed} answers that it needs are your own: it pays {own}/{needed} of its points."


def _waiting(
    question: Experiment,
    submission: Submission,
    assignment: Assignment,
    wrong: Sequence[str],
    reports: Reports,
) -> QuestionReport:
    roots = dependencies.roots(wrong, reports)
    message = f"Waiting for {_join(roots)}: a net trains only when its parts are right."
    report = answer_report(question, assignment, submission, [], "")
    return replace(report, status="blocked", message=message, blocked_by=tuple(roots))


def _share(outcome: Outcome) -> float:
    return float(outcome.measurements.get("share", 0.0))


def _for_a_person(reports: Iterable[QuestionReport], submission: Submission) -> list[str]:
    """What a person should look at: derivatives that look measured, and libraries that have the answers."""
    seen = [o.message for q in reports for o in q.outcomes if o.check == "own_work"]
    notes = [f"A person should look at this: {message}" for message in seen]
    library = own_work.uses_library(submission)
    if library:
        notes.append(f"A person should look at this: the submission imports `{library}`.")
    return notes


def _load_notes(session: Session) -> list[str]:
    """What went wrong while the submission was loaded, in a sentence each."""
    notes = []
    for label, failure in session.problems:
        if label.startswith("given cell"):
            continue
        line = f", line {failure.place.line}" if failure.place is not None else ""
        what = f"{failure.error}: {failure.message}" if failure.error else failure.message
        notes.append(f"{label}{line} failed while the submission was loaded: {what}"[:400])
    return notes


def _report(
    submission: Submission,
    assignment: Assignment,
    sandbox: Sandbox,
    questions: Sequence[QuestionReport],
    with_hidden: bool,
    notes: Sequence[str],
    times: Times,
) -> Report:
    released = submission.stamp.version if submission.stamp is not None else assignment.version
    if released != assignment.version:
        notes = [*notes, f"This notebook was released as version {released}; graded as {assignment.version}."]
    shown = [i for i, cell in enumerate(submission.cells) if cell.role in ("answer", "written", "free")]
    position = {old: new for new, old in enumerate(shown)}
    return Report(
        assignment=AssignmentInfo(assignment.name, assignment.version, assignment.title),
        submission=SubmissionInfo(submission.id, submission.hash),
        sandbox=sandbox.info,
        score=round(sum(q.score for q in questions), 2),
        max_score=sum(q.max_score for q in questions),
        provisional=any(q.status in ("awaiting_review", "grader_fault") for q in questions),
        questions=tuple(
            replace(q, cells=tuple(position[i] for i in q.cells if i in position)) for q in questions
        ),
        grader=grader.__version__,
        hidden_cases=with_hidden,
        notes=(*submission.notes, *notes),
        problem=submission.problem,
        cells=tuple(submission.cells[i] for i in shown),
        tolerances=dict(TOLERANCES),
        times=times,
    )


def _join(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1]
