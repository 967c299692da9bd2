"""Code: definitions are loaded in a sealed child, and the recorded cases replayed on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from grader.course import PublicAssignment, Question
from grader.grading import dependencies, libraries, own_work
from grader.grading.cases import NOBODYS_FAULT, judge_cases, outcomes_of_unrun
from grader.grading.judgement import Grading, Judgement, Judgements
from grader.grading.kinds import QuestionKind
from grader.grading.substitution import substitute
from grader.model import Case, Failure, Finding, Outcome, OutcomeStatus
from grader.model.findings import values_of
from grader.model.reasons import (
    AnswerIsText,
    AsReleased,
    DerivativeToLookAt,
    ForeignLibrary,
    LibraryNotThere,
    LoadFailed,
    MeasuredDerivative,
    NoDefinition,
    NotDefined,
    NotLoaded,
    NotParsed,
)
from grader.model.verdicts import judge as verdict_of
from grader.model.verdicts import unjudged, with_upstream
from grader.sandbox import Budget, LocalSession, Session


def judge(questions: Sequence[Question], grading: Grading, before: Judgements) -> dict[str, Judgement]:
    """All code questions in one child; those that fail beside a wrong answer, again with a right one."""
    budget = Budget(grading.sandbox.limits.session, [q.name for q in questions])
    judged = {q.name: j for q in questions if (j := _without_running(q, grading)) is not None}
    attempted = [question for question in questions if question.name not in judged]
    if not attempted:
        return judged
    load = grading.load()
    with grading.sandbox.open(load, budget=budget) as session:
        given = {chunk.label for chunk in load.chunks if chunk.given}
        grading.notes += libraries.old_numpy_names(grading.submission)
        grading.notes += dict.fromkeys(_load_notes(session, given, grading.assignment.imports))
        judged |= _judge_together(attempted, grading, session)
    for question in attempted:
        judged[question.name] = substitute(question, judged.get(question.name), grading, judged, budget)
    grading.notes += _for_a_person(judged, grading)
    return judged


def check(question: Question, assignment: PublicAssignment, namespace: Mapping[str, object]) -> Judgement:
    """The public cases on live functions; an answer that builds on a wrong one waits for it."""
    judged = {question.name: _check_alone(question, assignment, namespace)}
    own = judged[question.name]
    if own.verdict.status not in ("passed", "not_attempted"):
        for name in dependencies.transitive(question, assignment):
            if (needed := assignment.question(name)).kind == "code":
                judged[name] = _check_alone(needed, assignment, namespace)
    wrong = dependencies.wrong(question, assignment, {n: j for n, j in judged.items() if n != question.name})
    verdict = with_upstream(own.verdict, dependencies.roots(wrong, judged))
    return replace(own, verdict=verdict, outcomes=() if verdict.status == "blocked" else own.outcomes)


def _check_alone(
    question: Question, assignment: PublicAssignment, namespace: Mapping[str, object]
) -> Judgement:
    outcomes = judge_cases(question, assignment.public_cases(question), LocalSession(namespace), assignment)
    outcomes += libraries.told_beforehand(question.definition, namespace, assignment.imports)
    return Judgement(verdict_of(question.points, outcomes), tuple(outcomes))


def _without_running(question: Question, grading: Grading) -> Judgement | None:
    """The judgement on what was not answered, or is not there; None where something can be run."""
    answer = grading.answer(question)
    if answer.as_released:
        return Judgement(unjudged(question.points, "not_attempted", AsReleased()))
    if answer.bound:
        return None
    if answer.unparsed:
        return Judgement(unjudged(question.points, "error", NotParsed(*answer.unparsed[-1])))
    name = question.definition.partition(".")[0]
    if answer.text:
        return Judgement(unjudged(question.points, "error", AnswerIsText(name, answer.text)))
    return Judgement(unjudged(question.points, "not_attempted", NoDefinition(name)))


def _judge_together(
    questions: Sequence[Question], grading: Grading, session: Session
) -> dict[str, Judgement]:
    """All questions in one child: the public cases of every one before the first hidden one.

    A child that has seen hidden inputs may carry them along; what is shown of it was answered before.
    """
    judged: dict[str, Judgement] = {}
    output, problems = session.output, tuple(session.problems)  # a later child's come after hidden cases

    absent = libraries.absent_names(grading.answers, grading.submission, grading.assignment.imports)

    def judgement(question: Question, outcomes: Sequence[Outcome]) -> Judgement:
        explained = _explain_missing(outcomes, grading.answer(question).homes, problems)
        explained = libraries.with_library(explained, absent)
        return Judgement(verdict_of(question.points, explained), tuple(explained), output=output)

    for question in questions:
        if any(name in judged and judged[name].verdict.status == "timeout" for name in question.needs):
            continue  # it would only wait for the same deadline again
        public = grading.assignment.public_cases(question)
        judged[question.name] = judgement(
            question, _judge_in_a_clean_child(question, public, session, grading)
        )
        if judged[question.name].verdict.points > 0:
            suspicion = own_work.suspected_numerical_differentiation(question, public, session)
            more = [suspicion] if suspicion else []
            judged[question.name] = judgement(question, [*judged[question.name].outcomes, *more])
    for question in [q for q in questions if q.name in judged]:
        status = judged[question.name].verdict.status
        hidden = grading.hidden_cases(question)
        if status == "timeout" or status == "crashed":
            outcomes = outcomes_of_unrun(hidden, status)
        else:
            outcomes = _judge_in_a_clean_child(question, hidden, session, grading)
        if hidden:
            judged[question.name] = judgement(question, [*judged[question.name].outcomes, *outcomes])
    return judged


def _judge_in_a_clean_child(
    question: Question, cases: Sequence[Case], session: Session, grading: Grading
) -> list[Outcome]:
    """Outcomes that no other question's code has to answer for.

    All questions are asked of one child, since a fresh one each would cost more than all else. What fails in
    a child that other answers have run in is asked again of a fresh one, and that counts: whatever they left
    behind there (a patched NumPy, builtins without ``__import__``), it is not this answer's fault.
    """
    used = session.used
    outcomes = judge_cases(question, cases, session, grading.assignment)
    statuses = {outcome.status for outcome in outcomes if outcome.scored}
    if not used or statuses <= NOBODYS_FAULT or statuses & {"timeout", "crashed", "grader_fault"}:
        return outcomes
    session.renew()
    return judge_cases(question, cases, session, grading.assignment)


def _explain_missing(
    outcomes: Sequence[Outcome], homes: Collection[str], problems: Sequence[tuple[str, Failure]]
) -> list[Outcome]:
    """Outcomes that say a name is missing, with what went wrong when its cell was loaded.

    The name *is* bound in the source: so something was attempted, and failed before it could be called.
    """
    own = [
        (label, failure)
        for label, failure in problems
        if label in homes or (failure.place is not None and failure.place.cell in homes)
    ]
    label, failure = (own or list(problems) or [("", Failure("raised"))])[-1]
    statuses: dict[str, OutcomeStatus] = {"timeout": "timeout", "crashed": "crashed"}
    reason = NotLoaded(label, failure.error, failure.message[:300], failure.cause, failure.amount)
    return [
        replace(
            o,
            status=statuses.get(failure.kind, "error"),
            findings=o.findings if o.hidden else (reason, *o.findings),
        )
        if any(isinstance(finding, NotDefined) for finding in o.findings)
        else o
        for o in outcomes
    ]


def _load_notes(session: Session, given: Collection[str], imports: Sequence[str]) -> list[Finding]:
    """What went wrong while the submission was loaded; not in ``given`` cells, the instructor's own."""
    return [_load_note(label, failure, imports) for label, failure in session.problems if label not in given]


def _load_note(label: str, failure: Failure, imports: Sequence[str]) -> Finding:
    cell, line = (failure.place.cell, failure.place.line) if failure.place is not None else (label, 0)
    quoted = failure.message.split("'")
    if failure.error == "ModuleNotFoundError" and len(quoted) > 1:
        return LibraryNotThere(quoted[1].partition(".")[0][:80], cell, line, ", ".join(imports))
    return LoadFailed(cell, line, failure.error, failure.message[:300], failure.cause, failure.amount)


def _for_a_person(judged: Judgements, grading: Grading) -> list[Finding]:
    """What a person should look at: derivatives that look measured, and libraries that have the answers."""
    outcomes = (outcome for judgement in judged.values() for outcome in judgement.outcomes)
    seen: list[Finding] = [
        DerivativeToLookAt(**values_of(f))
        for o in outcomes
        for f in o.findings
        if isinstance(f, MeasuredDerivative)
    ]
    library = own_work.foreign_library(grading.answers.trees, grading.assignment.imports)
    return [*seen, *([ForeignLibrary(library)] if library else [])]


KIND = QuestionKind("code", judge, check, order=0)
