"""The hyperparameters of an experiment: read from the source as a literal, never run, and checked."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from grader.course import Experiment, PublicAssignment
from grader.model import Finding, Outcome, OutcomeStatus
from grader.model.reasons import (
    AsReleased,
    BadCombination,
    EntriesMissing,
    NoDefinition,
    NotADict,
    NotLiteral,
    OutOfRange,
)
from grader.source import NotLiteralError, assigned_literal, parse_cell


def read_hyperparameters(
    question: Experiment, assignment: PublicAssignment, trees: Sequence[ast.Module]
) -> dict[str, Any] | Outcome:
    """The hyperparameters of a submission; or why they cannot be used."""
    name = question.literal
    try:
        value = assigned_literal(list(trees), name)
    except KeyError:
        return unscored_outcome("not_attempted", NoDefinition(name))
    except NotLiteralError as error:
        return unscored_outcome("failed", NotLiteral(name, str(error), numbers=True))
    released = parse_cell(assignment.stubs.get(question.name, "")).tree
    try:
        as_released = released is not None and value == assigned_literal([released], name)
    except (KeyError, NotLiteralError):
        as_released = False
    if as_released:
        return unscored_outcome("not_attempted", AsReleased(name))
    reason = find_problem(question, value)
    if reason is not None:
        return unscored_outcome("failed", reason)
    return {key: _as_limited(value[key], limit) for key, limit in question.limits.items()}


def unscored_outcome(status: OutcomeStatus, finding: Finding) -> Outcome:
    """An outcome of an experiment that was not scored."""
    return Outcome("training", status, False, "accuracy", "training", findings=(finding,))


def find_problem(question: Experiment, value: Any) -> Finding | None:
    """Why a dict of hyperparameters cannot be used; None where it can."""
    name = question.literal
    if not isinstance(value, dict):
        return NotADict(name)
    missing = sorted(set(question.limits) - set(value))
    if missing:
        return EntriesMissing(name, ", ".join(missing))
    for key, limit in question.limits.items():
        if not _is_within(value[key], limit):
            return _out_of_range(name, key, value[key], limit)
    if question.validate is None:
        return None
    reason = question.validate(
        {key: _as_limited(value[key], limit) for key, limit in question.limits.items()}
    )
    return BadCombination(name, reason) if reason else None


def _is_within(value: Any, limit: tuple[Any, ...]) -> bool:
    if isinstance(limit[0], str):
        return isinstance(value, str) and value in limit
    low, high = limit
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        return False
    return not _whole(limit) or value == int(value)


def _out_of_range(name: str, key: str, value: Any, limit: tuple[Any, ...]) -> OutOfRange:
    shown = f"{value!r:.40}"
    if isinstance(limit[0], str):
        return OutOfRange(name, key, shown, choices=", ".join(f'"{choice}"' for choice in limit))
    return OutOfRange(name, key, shown, float(limit[0]), float(limit[1]), _whole(limit))


def _as_limited(value: Any, limit: tuple[Any, ...]) -> Any:
    if isinstance(limit[0], str):
        return value
    return int(value) if _whole(limit) else float(value)


def _whole(limit: tuple[Any, ...]) -> bool:
    """Limits of whole numbers from 1 on ask for a whole number."""
    low, high = limit
    return isinstance(low, int) and isinstance(high, int) and low >= 1
