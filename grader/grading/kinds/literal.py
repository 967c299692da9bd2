"""Literals: a dict that is read from the source, and compared entry by entry, without running it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from grader.course import PublicAssignment, Question, digests
from grader.grading.judgement import Grading, Judgement, Judgements
from grader.grading.kinds import QuestionKind
from grader.model import Finding, Outcome, OutcomeStatus
from grader.model.reasons import (
    AnswerIsText,
    AsReleased,
    EntryOf,
    FillIn,
    JudgedLater,
    NoDefinition,
    NotADict,
    NotLiteral,
    NotParsed,
    SomeEntries,
    WrongEntry,
)
from grader.model.verdicts import judge as verdict_of
from grader.model.verdicts import unjudged
from grader.source import NotLiteralError, assigned_literal, parse_cell

_PART = "answer"


def judge(questions: Sequence[Question], grading: Grading, earlier: Judgements) -> dict[str, Judgement]:
    """Each literal, where the digests of its entries are at hand; else it waits for grading."""
    return {question.name: _judge_one(question, grading) for question in questions}


def check(question: Question, assignment: PublicAssignment, namespace: Mapping[str, object]) -> Judgement:
    """The dict of that name in a notebook."""
    expected = assignment.digests.get(question.name)
    if not expected:
        return Judgement(unjudged(question.points, "awaiting_review", JudgedLater("literal")))
    value = namespace.get(question.name)
    if not isinstance(value, dict) or all(item is None for item in value.values()):
        return Judgement(unjudged(question.points, "not_attempted", FillIn(question.name)))
    return _compare(question, assignment, value)


def _judge_one(question: Question, grading: Grading) -> Judgement:
    assignment, trees = grading.assignment, grading.answers.trees
    if not assignment.digests.get(question.name):
        if is_answered(question, assignment, trees):
            return Judgement(unjudged(question.points, "awaiting_review", JudgedLater("literal")))
        return Judgement(unjudged(question.points, "not_attempted"))
    name = question.name
    try:
        value = assigned_literal(list(trees), name)
    except KeyError:
        answer = grading.answer(question)
        if answer.parse_problems:
            return _without_comparison(question, "error", NotParsed(*answer.parse_problems[-1]))
        if answer.text:
            return _without_comparison(question, "error", AnswerIsText(name, answer.text))
        return _without_comparison(question, "not_attempted", NoDefinition(name))
    except NotLiteralError as error:
        return _without_comparison(question, "failed", NotLiteral(name, str(error)))
    if not isinstance(value, dict):
        return _without_comparison(question, "failed", NotADict(name))
    if released_literal(question, assignment) == value:
        return _without_comparison(question, "not_attempted", AsReleased(name))
    return _compare(question, assignment, value)


def _without_comparison(question: Question, status: OutcomeStatus, finding: Finding) -> Judgement:
    outcome = Outcome("literal", status, False, _PART, findings=(finding,))
    return Judgement(verdict_of(question.points, [outcome]), (outcome,))


def _compare(question: Question, assignment: PublicAssignment, value: Mapping[Any, Any]) -> Judgement:
    """Each entry by itself: equal shares of the points."""
    expected, given = assignment.digests[question.name], digests(assignment.name, question.name, value)
    outcomes = [_entry(key, value, given.get(key) == digest) for key, digest in expected.items()]
    right = sum(outcome.status == "passed" for outcome in outcomes)
    attempted = any(outcome.status != "not_attempted" for outcome in outcomes)
    wrong = ", ".join(outcome.case for outcome in outcomes if outcome.status != "passed")
    findings = [SomeEntries(right, len(expected), wrong)] if wrong and attempted else None
    share = {_PART: right / len(expected)}
    return Judgement(verdict_of(question.points, outcomes, share, findings), tuple(outcomes))


def _entry(key: str, value: Mapping[Any, Any], right: bool) -> Outcome:
    if value.get(key) is None:
        return Outcome("literal", "not_attempted", False, _PART, key, findings=(EntryOf(key),))
    if right:
        return Outcome("literal", "passed", False, _PART, key, findings=(EntryOf(key, right=True),))
    return Outcome("literal", "failed", False, _PART, key, findings=(WrongEntry(key, f"{value[key]!r:.60}"),))


def is_answered(question: Question, assignment: PublicAssignment, trees: Sequence[ast.Module]) -> bool:
    """Whether a literal differs from what was released."""
    try:
        value = assigned_literal(list(trees), question.literal)
    except (KeyError, NotLiteralError):
        return False
    return bool(value != released_literal(question, assignment))


def released_literal(question: Question, assignment: PublicAssignment) -> Any:
    """The literal as it was released; None where there was none."""
    try:
        return assigned_literal([parse_cell(assignment.stubs.get(question.name, "")).tree], question.literal)
    except (KeyError, NotLiteralError):
        return None


KIND = QuestionKind("literal", judge, check)
