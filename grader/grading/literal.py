"""Questions that are answered by a literal: read from the source, entry by entry, without running it."""

from __future__ import annotations

from typing import Any

from grader.course import Assignment, Question
from grader.course.assignment import digests
from grader.grading.answers import trees
from grader.model import Finding, Outcome, OutcomeStatus, Submission
from grader.source import NotLiteralError, assigned_literal, parse_cell


def judge_literal(question: Question, assignment: Assignment, submission: Submission) -> list[Outcome]:
    """One outcome an entry."""
    name, expected = question.name, assignment.digests.get(question.name, {})
    try:
        answer = assigned_literal(list(trees(submission)), name)
    except KeyError:
        return [_outcome("not_attempted", f"There is no `{name}` in this submission.")]
    except NotLiteralError as error:
        return [
            _outcome("failed", f"`{name}` is read without running it, and {error}.", finding="not_literal")
        ]
    if not isinstance(answer, dict):
        return [_outcome("failed", f"`{name}` should be a dict.", finding="type")]
    if _released(question, assignment) == answer:
        return [_outcome("not_attempted", f"`{name}` is as it was released.")]
    found = digests(assignment.name, name, answer)
    outcomes = []
    for key, digest in expected.items():
        if answer.get(key) is None:
            outcomes.append(_outcome("not_attempted", f"`{key}` has no answer yet.", key))
        elif found[key] == digest:
            outcomes.append(_outcome("passed", f"`{key}` is right.", key))
        else:
            outcomes.append(_outcome("failed", f"`{key}` is not {answer[key]!r:.60}.", key, "literal"))
    return outcomes


def is_answered(question: Question, assignment: Assignment, submission: Submission) -> bool:
    """Whether a literal differs from what was released."""
    try:
        answer = assigned_literal(list(trees(submission)), question.literal)
    except (KeyError, NotLiteralError):
        return False
    return bool(answer != _released(question, assignment))


def _released(question: Question, assignment: Assignment) -> Any:
    try:
        return assigned_literal([parse_cell(assignment.stubs.get(question.name, "")).tree], question.literal)
    except (KeyError, NotLiteralError):
        return None


def _outcome(status: OutcomeStatus, message: str, entry: str = "", finding: str = "") -> Outcome:
    findings = (Finding(finding, message, {"entry": entry} if entry else {}),) if finding else ()
    return Outcome("literal", status, False, message, part="answer", case=entry, findings=findings)
