"""Failed outcomes, with their results and keys → the same outcomes with findings and evidence."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.checks import kind_of
from grader.checks.compare import real_array
from grader.diagnosis.evidence import value_of
from grader.diagnosis.patterns import Pair, Pattern, explains, find_pattern, pair_of
from grader.diagnosis.places import find_place, heat_map
from grader.diagnosis.redaction import redacted
from grader.diagnosis.snippets import snippet
from grader.model import Case, CaseResult, Evidence, Finding, Outcome, Place, Ref, Value
from grader.model.reasons import NotFinite, WrongNumber, WrongValues
from grader.model.verdicts import is_failure
from grader.sandbox.watch import bits_of

_EXPLAINED = frozenset({"failed", "error", "timeout", "crashed", "not_attempted"})


@dataclass(frozen=True, slots=True)
class Explained:
    """An outcome with its reason and evidence, and the arrays in which a pattern may be found."""

    outcome: Outcome
    pair: Pair | None = None
    path: tuple[int | str, ...] = ()
    """Which of a part's results it is about, such as ``(1, "W1")``."""


def explain(outcome: Outcome, case: Case, result: CaseResult) -> Explained:
    """Add what one case can say of an outcome: the place that is wrong, and for a public case evidence."""
    ref = _subject(outcome, case)
    if ref is None or outcome.status not in (*_EXPLAINED, "passed"):
        return Explained(outcome)
    pair = _pair(outcome, case, result, ref)
    if outcome.status == "passed":
        return Explained(outcome, pair, ref.path)
    vague = outcome.status == "failed" and outcome.findings[:1] and type(outcome.findings[0]) is WrongValues
    if vague and ref in case.keep:
        reason = _reason(outcome, case, result, ref, pair)
        outcome = replace(outcome, findings=(reason,)) if reason is not None else outcome
    elif outcome.status == "failed":
        pair = None
    if not case.hidden:
        outcome = replace(outcome, evidence=_evidence(outcome, case, result, ref))
    return Explained(outcome, pair, ref.path)


def with_patterns(explained: Sequence[Explained]) -> list[Outcome]:
    """The outcomes of one question, those of a part that follow a pattern with it; hidden ones redacted."""
    groups: dict[Hashable, list[Explained]] = {}
    for one in explained:
        groups.setdefault(_group(one), []).append(one)
    patterns = {key: _pattern(group) for key, group in groups.items()}
    outcomes = []
    for one in explained:
        outcome, pattern = one.outcome, patterns[_group(one)]
        if pattern is not None and one.pair is not None and outcome.status == "failed" and explains(one.pair):
            outcome = replace(outcome, findings=(pattern.finding(one.pair),))
        outcomes.append(redacted(outcome) if outcome.hidden else outcome)
    return outcomes


def _group(one: Explained) -> Hashable:
    """What one pattern is to be true of: a result of a part, in public or in hidden cases."""
    return one.outcome.hidden, one.outcome.part, one.path


def _pattern(group: Sequence[Explained]) -> Pattern | None:
    """The pattern of one part, if it fails by its values alone."""
    failed = [one for one in group if is_failure(one.outcome)]
    if not failed or any(one.pair is None for one in failed):
        return None
    passed = [one for one in group if one.outcome.status == "passed"]
    return find_pattern(
        [one.pair for one in failed if one.pair is not None],
        [one.pair for one in passed if one.pair is not None],
    )


def _reason(outcome: Outcome, case: Case, result: CaseResult, ref: Ref, pair: Pair | None) -> Finding | None:
    """What one case says of wrong values; None where it says nothing but that they are wrong."""
    actual, expected = real_array(result.value(case, ref)), np.asarray(case.expected(ref))
    if actual is None or actual.shape != expected.shape:
        return None
    if pair is None:
        return NotFinite(outcome.part, int(np.sum(~np.isfinite(actual))), actual.size)
    if expected.ndim == 0:
        return WrongNumber(outcome.part, float(expected), float(actual))
    return find_place(outcome.part, actual, expected, outcome.measurements.get("tolerance", 1e-7))


def _pair(outcome: Outcome, case: Case, result: CaseResult, ref: Ref) -> Pair | None:
    """The arrays of an outcome whose entries can be compared with right ones."""
    if ref not in case.keep or (outcome.status == "passed" and not kind_of(outcome.check).compares_entries):
        return None
    actual, expected = real_array(result.value(case, ref)), real_array(case.expected(ref))
    if actual is None or expected is None:
        return None
    inputs = dict(zip(case.input_names, case.inputs, strict=True))
    return pair_of(outcome.part, actual, expected, case.axes, inputs, _regularisation(case))


def _regularisation(case: Case) -> float:
    """The ``reg`` that the case's net was made with; 0 where there is none."""
    strengths = [step.kwargs["reg"] for step in case.steps if "reg" in step.kwargs]
    return float(strengths[0]) if strengths else 0.0


def _subject(outcome: Outcome, case: Case) -> Ref | None:
    """The result that an outcome is about."""
    for check in case.checks:
        if check.kind != outcome.check and outcome.check != "shape":
            continue
        ref = kind_of(check.kind).subject(check.outputs.get(outcome.part), outcome)
        if isinstance(ref, Ref):
            return ref
    return None


def _differing(value: dict[str, Any], expected: dict[str, Any]) -> str:
    """The first entry that is another array than is due; empty where there is none, or where keys differ."""
    if set(value) != set(expected):
        return ""
    for key in expected:
        one, other = real_array(value[key]), real_array(expected[key])
        if one is not None and other is not None and bits_of(one) != bits_of(other):
            return str(key)
    return ""


def _evidence(outcome: Outcome, case: Case, result: CaseResult, ref: Ref) -> Evidence:
    failure = result.failures.get(ref.step)
    place: Place | None = failure.place if failure is not None else None
    kind = kind_of(outcome.check)
    value, expected = result.value(case, ref), case.expected(ref)
    if isinstance(value, dict) and isinstance(expected, dict) and (key := _differing(value, expected)):
        ref, value, expected = Ref(ref.step, (*ref.path, key)), value[key], expected[key]
    actual = Value("nothing") if failure is not None else value_of(value)
    array = real_array(value)
    comparable = kind.compares_entries and array is not None and array.shape == np.shape(expected)
    heat = heat_map(array, expected) if comparable else ()
    if not kind.judges_arguments:
        return Evidence(
            snippet(case, ref, whole=kind.sees_side_effects), value_of(expected), actual, heat, place
        )
    if outcome.status == "failed":
        actual = Value("overwritten")
    return Evidence(snippet(case, ref), Value("unchanged"), actual, heat, place)
