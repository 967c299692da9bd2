"""A failed outcome, with its results and its key → the same outcome with findings and evidence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.checks import kind_of
from grader.checks.compare import real_array
from grader.diagnosis.evidence import value_of
from grader.diagnosis.patterns import find_pattern
from grader.diagnosis.places import find_place, heat_map
from grader.diagnosis.redaction import redacted
from grader.diagnosis.snippets import snippet
from grader.model import Case, CaseResult, Evidence, Finding, Outcome, Place, Ref, Value
from grader.model.reasons import NotFinite, WrongNumber, WrongValues

_EXPLAINED = frozenset({"failed", "error", "timeout", "crashed", "not_attempted"})


def explain(outcome: Outcome, case: Case, result: CaseResult) -> Outcome:
    """Add what can be said of a failure. Of a hidden case only the kind of mistake: see ``redaction``."""
    ref = _subject(outcome, case) if outcome.status in _EXPLAINED else None
    if ref is not None:
        outcome = _with_reason(outcome, case, result, ref)
    if case.hidden:
        return redacted(outcome)
    return outcome if ref is None else replace(outcome, evidence=_evidence(outcome, case, result, ref))


def _with_reason(outcome: Outcome, case: Case, result: CaseResult, ref: Ref) -> Outcome:
    """Values that are only known to be wrong, with their pattern or place where one is found."""
    vague = (
        outcome.status == "failed" and bool(outcome.findings) and isinstance(outcome.findings[0], WrongValues)
    )
    reason = _about_values(outcome, case, result, ref) if vague and ref in case.keep else None
    return replace(outcome, findings=(reason,)) if reason is not None else outcome


def _about_values(outcome: Outcome, case: Case, result: CaseResult, ref: Ref) -> Finding | None:
    """What there is to say of wrong values; None where no pattern and no place explains them."""
    actual, expected = real_array(result.value(case, ref)), np.asarray(case.expected(ref))
    if actual is None or actual.shape != expected.shape:
        return None
    if not np.all(np.isfinite(actual)):
        return NotFinite(outcome.part, int(np.sum(~np.isfinite(actual))), actual.size)
    inputs = dict(zip(case.input_names, case.inputs, strict=True))
    pattern = find_pattern(outcome.part, actual, expected, case.axes, inputs, _regularisation(case))
    if pattern is not None:
        return pattern
    if expected.ndim == 0:
        return WrongNumber(outcome.part, float(expected), float(actual))
    return find_place(outcome.part, actual, expected, outcome.measurements.get("tolerance", 1e-7))


def _regularisation(case: Case) -> float | None:
    """The ``reg`` that the case's net was made with."""
    strengths = [step.kwargs["reg"] for step in case.steps if "reg" in step.kwargs]
    return float(strengths[0]) if strengths else None


def _subject(outcome: Outcome, case: Case) -> Ref | None:
    """The result that an outcome is about."""
    for check in case.checks:
        if check.kind != outcome.check and outcome.check != "shape":
            continue
        ref = kind_of(check.kind).subject(check.outputs.get(outcome.part), outcome)
        if isinstance(ref, Ref):
            return ref
    return None


def _evidence(outcome: Outcome, case: Case, result: CaseResult, ref: Ref) -> Evidence:
    failure = result.failures.get(ref.step)
    place: Place | None = failure.place if failure is not None else None
    kind = kind_of(outcome.check)
    value, expected = result.value(case, ref), case.expected(ref)
    actual = Value("nothing") if failure is not None else value_of(value)
    array = real_array(value)
    comparable = kind.compares_entries and array is not None and array.shape == np.shape(expected)
    heat = heat_map(array, expected) if comparable else ()
    if not kind.judges_arguments:
        return Evidence(snippet(case, ref), value_of(expected), actual, heat, place)
    if outcome.status == "failed":
        actual = Value("overwritten")
    return Evidence(snippet(case, ref), Value("unchanged"), actual, heat, place)
