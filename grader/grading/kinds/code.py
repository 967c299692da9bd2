"""Code: definitions are loaded in a sealed child, and the recorded cases replayed on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from grader.course import PublicAssignment, Question
from grader.grading import dependencies, libraries, own_work
from grader.grading.cases import BLAMELESS, judge_cases, outcomes_of_unrun
from grader.grading.contradictions import contradictions, with_contradictions
from grader.grading.judgement import Grading, Judgement, Judgements
from grader.grading.kinds import QuestionKind
from grader.grading.substitution import substitute
from grader.model import Case, Failure, Finding, Outcome, OutcomeStatus, QuestionStatus
from grader.model.findings import values_of
from grader.model.reasons import (
    AnswerIsText,
    AsReleased,
    ContradictionToLookAt,
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
from grader.model.verdicts import Verdict, unjudged, with_upstream
from grader.model.verdicts import judge as verdict_of
from grader.sandbox import Budget, LocalSession, Session


def judge(questions: Sequence[Question], grading: Grading, earlier: Judgements) -> dict[str, Judgement]:
    """All code questions in one child; those that fail beside a wrong answer, again with a right one."""
    budget = Budget(grading.sandbox.limits.session, [q.name for q in questions])
    judgements = {q.name: j for q in questions if (j := _without_running(q, grading)) is not None}
    attempted = [question for question in questions if question.name not in judgements]
    if not attempted:
        return judgements
    load = grading.load()
    with grading.sandbox.open(load, budget=budget) as session:
        given_labels = {chunk.label for chunk in load.chunks if chunk.given}
        grading.notes += libraries.old_numpy_names(grading.submission)
        grading.notes += dict.fromkeys(_load_notes(session, given_labels, grading.assignment.imports))
        judgements |= _judge_together(attempted, grading, session)
    for question in attempted:
        judgements[question.name] = substitute(
            question, judgements.get(question.name), grading, judgements, budget
        )
    for question in attempted:
        judgements[question.name], notes = _with_contradictions(question, judgements, grading.assignment)
        grading.notes += notes
    grading.notes += _for_a_person(judgements, grading)
    return judgements


def _with_contradictions(
    question: Question, judgements: Judgements, assignment: PublicAssignment
) -> tuple[Judgement, list[Finding]]:
    """The judgement that says where a derivative contradicts the key, and the note for whoever marks."""
    judgement = judgements[question.name]
    needs_are_right = not dependencies.wrong_needs(question, assignment, judgements)
    parts = contradictions(judgement.outcomes, needs_are_right=needs_are_right)
    if not parts:
        return judgement, []
    outcomes = with_contradictions(judgement.outcomes, parts)
    verdict = verdict_of(question.points, outcomes)
    note = ContradictionToLookAt(question.name, ", ".join(parts))
    return replace(judgement, outcomes=tuple(outcomes), verdict=verdict), [note]


def check(question: Question, assignment: PublicAssignment, namespace: Mapping[str, object]) -> Judgement:
    """The public cases on live functions; an answer that builds on a wrong one waits for it."""
    judgements = {question.name: _check_alone(question, assignment, namespace)}
    own = judgements[question.name]
    if own.verdict.status not in ("passed", "not_attempted"):
        for name in dependencies.all_needs(question, assignment):
            if (needed := assignment.question(name)).kind == "code":
                judgements[name] = _check_alone(needed, assignment, namespace)
    wrong = dependencies.wrong_needs(
        question, assignment, {n: j for n, j in judgements.items() if n != question.name}
    )
    own, _ = _with_contradictions(question, judgements, assignment)
    verdict = with_upstream(own.verdict, dependencies.root_causes(wrong, judgements))
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
    if answer.parse_problems:
        return Judgement(unjudged(question.points, "error", NotParsed(*answer.parse_problems[-1])))
    name = question.definition.partition(".")[0]
    if answer.text:
        return Judgement(unjudged(question.points, "error", AnswerIsText(name, answer.text)))
    return Judgement(unjudged(question.points, "not_attempted", NoDefinition(name)))


def _judge_together(
    questions: Sequence[Question], grading: Grading, session: Session
) -> dict[str, Judgement]:
    """Judge all questions in one child: the public cases of every one before the first hidden one.

    A child that has seen hidden inputs may carry them along; what is shown of it was answered before.
    """
    output, problems = session.output, tuple(session.problems)  # a later child's come after hidden cases
    absent = libraries.absent_names(grading.answers, grading.submission, grading.assignment.imports)
    public: dict[str, list[Outcome]] = {}
    verdicts: dict[str, Verdict] = {}
    for question in questions:
        if any(name in verdicts and verdicts[name].status == "timeout" for name in question.needs):
            continue  # it would only wait for the same deadline again
        cases = grading.assignment.public_cases(question)
        outcomes = _judge_in_a_clean_child(question, cases, session, grading)
        outcomes = _explain_missing(outcomes, grading.answer(question).binding_places, problems)
        outcomes = libraries.with_library(outcomes, absent)
        verdicts[question.name] = verdict_of(question.points, outcomes)
        if verdicts[question.name].points > 0:
            suspicion = own_work.suspected_numerical_differentiation(question, cases, session)
            outcomes += [suspicion] if suspicion else []
        public[question.name] = outcomes
    judgements: dict[str, Judgement] = {}
    for question in [question for question in questions if question.name in public]:
        hidden = _judge_hidden(question, verdicts[question.name].status, session, grading)
        hidden = _explain_missing(hidden, grading.answer(question).binding_places, problems)
        outcomes = [*public[question.name], *hidden]
        verdict = verdict_of(question.points, outcomes)
        judgements[question.name] = Judgement(verdict, tuple(outcomes), output=output)
    return judgements


def _judge_hidden(
    question: Question, public_status: QuestionStatus, session: Session, grading: Grading
) -> list[Outcome]:
    """Outcomes of the hidden cases, which are not run where the public ones ended the child or its time."""
    cases = grading.hidden_cases(question)
    if public_status == "timeout" or public_status == "crashed":
        return outcomes_of_unrun(cases, public_status)
    return _judge_in_a_clean_child(question, cases, session, grading) if cases else []


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
    if not used or statuses <= BLAMELESS or statuses & {"timeout", "crashed", "grader_fault"}:
        return outcomes
    session.renew()
    return judge_cases(question, cases, session, grading.assignment)


def _explain_missing(
    outcomes: Sequence[Outcome], binding_places: Collection[str], problems: Sequence[tuple[str, Failure]]
) -> list[Outcome]:
    """Outcomes that say a name is missing, with what went wrong when its cell was loaded.

    The name *is* bound in the source: so something was attempted, and failed before it could be called.
    """
    own = [
        (label, failure)
        for label, failure in problems
        if label in binding_places or (failure.place is not None and failure.place.cell in binding_places)
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


def _load_notes(session: Session, given_labels: Collection[str], imports: Sequence[str]) -> list[Finding]:
    """What went wrong while the submission was loaded; not in the instructor's own cells."""
    own = [(label, failure) for label, failure in session.problems if label not in given_labels]
    return [_load_note(label, failure, imports) for label, failure in own]


def _load_note(label: str, failure: Failure, imports: Sequence[str]) -> Finding:
    cell, line = (failure.place.cell, failure.place.line) if failure.place is not None else (label, 0)
    quoted = failure.message.split("'")
    if failure.error == "ModuleNotFoundError" and len(quoted) > 1:
        return LibraryNotThere(quoted[1].partition(".")[0][:80], cell, line, ", ".join(imports))
    return LoadFailed(cell, line, failure.error, failure.message[:300], failure.cause, failure.amount)


def _for_a_person(judgements: Judgements, grading: Grading) -> list[Finding]:
    """What a person should look at: derivatives that look measured, and libraries that have the answers."""
    outcomes = (outcome for judgement in judgements.values() for outcome in judgement.outcomes)
    seen: list[Finding] = [
        DerivativeToLookAt(**values_of(f))
        for o in outcomes
        for f in o.findings
        if isinstance(f, MeasuredDerivative)
    ]
    library = own_work.foreign_library(grading.answers.trees, grading.assignment.imports)
    return [*seen, *([ForeignLibrary(library)] if library else [])]


KIND = QuestionKind("code", judge, check, order=0)
