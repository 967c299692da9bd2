"""The hyperparameters of an experiment: read from the source as a literal, never run, and checked."""

from __future__ import annotations

from typing import Any

from grader.course import Assignment, Experiment
from grader.grading.answers import trees
from grader.model import Finding, Outcome, OutcomeStatus, Submission
from grader.source import NotLiteralError, assigned_literal, parse_cell


def read_hyperparameters(
    question: Experiment, assignment: Assignment, submission: Submission
) -> dict[str, Any] | Outcome:
    """The hyperparameters of a submission; or why they cannot be used."""
    name = question.literal
    try:
        value = assigned_literal(list(trees(submission)), name)
    except KeyError:
        return unscored("not_attempted", f"There is no `{name}` in this submission.")
    except NotLiteralError as error:
        message = f"`{name}` must be a plain dict of numbers, since it is read without running: {error}."
        return unscored("failed", message, "not_literal")
    released = parse_cell(assignment.stubs.get(question.name, "")).tree
    try:
        as_released = released is not None and value == assigned_literal([released], name)
    except (KeyError, NotLiteralError):
        as_released = False
    if as_released:
        return unscored("not_attempted", f"`{name}` holds the values that it was released with.")
    return _checked(question, value)


def unscored(status: OutcomeStatus, message: str, finding: str = "") -> Outcome:
    """An outcome of an experiment that was not scored."""
    findings = (Finding(finding, message),) if finding else ()
    return Outcome("training", status, False, message, part="accuracy", case="training", findings=findings)


def _checked(question: Experiment, value: Any) -> dict[str, Any] | Outcome:
    name = question.literal
    if not isinstance(value, dict):
        return unscored("failed", f"`{name}` must be a dict.", "type")
    missing = sorted(set(question.limits) - set(value))
    if missing:
        return unscored("failed", f"`{name}` lacks {', '.join(f'`{key}`' for key in missing)}.", "keys")
    for key, limit in question.limits.items():
        due = _problem(value[key], limit)
        if due:
            return unscored("failed", f"`{name}[{key!r}]` must be {due}; it is {value[key]!r:.40}.", "range")
    chosen = {key: _as_limited(value[key], limit) for key, limit in question.limits.items()}
    validate = question.validate(chosen) if question.validate is not None else ""
    return unscored("failed", f"`{name}`: {validate}", "range") if validate else chosen


def _problem(value: Any, limit: tuple[Any, ...]) -> str:
    """What a value must be, where it is not."""
    if isinstance(limit[0], str):
        choices = ", ".join(f'"{choice}"' for choice in limit)
        return "" if isinstance(value, str) and value in limit else f"one of {choices}"
    low, high = limit
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        return f"a number from {low:g} to {high:g}"
    return "a whole number" if _whole(limit) and value != int(value) else ""


def _as_limited(value: Any, limit: tuple[Any, ...]) -> Any:
    if isinstance(limit[0], str):
        return value
    return int(value) if _whole(limit) else float(value)


def _whole(limit: tuple[Any, ...]) -> bool:
    """Limits of whole numbers from 1 on ask for a whole number."""
    low, high = limit
    return isinstance(low, int) and isinstance(high, int) and low >= 1
