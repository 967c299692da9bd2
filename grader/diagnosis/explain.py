"""A failed outcome, with its results and its key → the same outcome with findings and evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from grader.checks.compare import describe, real_array
from grader.diagnosis.patterns import find_pattern
from grader.diagnosis.places import find_place, heat_map
from grader.diagnosis.redaction import redacted
from grader.diagnosis.snippets import format_array, snippet
from grader.model import Absent, Case, CaseResult, Evidence, Finding, Outcome, Place, Ref

_FAILING = frozenset({"failed", "error", "timeout", "crashed", "not_attempted"})


def explain(outcome: Outcome, case: Case, result: CaseResult) -> Outcome:
    """Add what can be said of a failure. Of a hidden case only the kind of mistake: see ``hidden``."""
    ref = _subject(outcome, case) if outcome.status in _FAILING else None
    if ref is not None:
        outcome = _with_reason(outcome, case, result, ref)
    if case.hidden:
        return redacted(outcome)
    return outcome if ref is None else replace(outcome, evidence=_evidence(outcome, case, result, ref))


def _with_reason(outcome: Outcome, case: Case, result: CaseResult, ref: Ref) -> Outcome:
    """Values that are only known to be wrong, with their pattern or place where one is found."""
    vague = outcome.status == "failed" and bool(outcome.findings) and outcome.findings[0].kind == "values"
    findings = _about_values(outcome, case, result, ref) if vague and ref in case.keep else []
    return replace(outcome, findings=tuple(findings), message=findings[0].message) if findings else outcome


def _about_values(outcome: Outcome, case: Case, result: CaseResult, ref: Ref) -> list[Finding]:
    actual, expected = real_array(result.value(case, ref)), np.asarray(case.expected(ref))
    if actual is None or actual.shape != expected.shape:
        return []
    if not np.all(np.isfinite(actual)):
        bad = int(np.sum(~np.isfinite(actual)))
        message = f"{outcome.part} holds {bad} of {actual.size} values that are NaN or infinite."
        return [Finding("not_finite", message, {"not_finite": bad})]
    inputs = dict(zip(case.input_names, case.inputs, strict=True))
    pattern = find_pattern(outcome.part, actual, expected, _sizes(case), inputs, _regularisation(case))
    if pattern is not None:
        return [pattern]
    if expected.ndim == 0:
        message = f"{outcome.part} should be {float(expected):.6g}, but is {float(actual):.6g}."
        return [Finding("values", message)]
    place = find_place(outcome.part, actual, expected, outcome.measurements.get("tolerance", 1e-7))
    return [place] if place is not None else []


def _regularisation(case: Case) -> float | None:
    """The ``reg`` that the case's net was made with."""
    strengths = [step.kwargs["reg"] for step in case.steps if "reg" in step.kwargs]
    return float(strengths[0]) if strengths else None


def _sizes(case: Case) -> dict[str, int]:
    """Axis lengths by name, read from the label that the ladder gave: ``N = 4, d = (2, 3), M = 5``."""
    sizes: dict[str, int] = {}
    for item in case.label.replace("(", "").split(", "):
        name, equals, value = item.partition(" = ")
        if equals and value.isdigit():
            sizes[name] = int(value)
    return sizes


def _subject(outcome: Outcome, case: Case) -> Ref | None:
    """The result that an outcome is about."""
    for check in case.checks:
        ref = check.outputs.get(outcome.part)
        if isinstance(ref, tuple):
            at = -1 if check.kind == "gradient" else outcome.measurements.get("step", 1) - 1
            ref = ref[at]
        same_kind = check.kind == outcome.check or outcome.check == "shape"
        if isinstance(ref, Ref) and same_kind:
            return ref
    return None


def _evidence(outcome: Outcome, case: Case, result: CaseResult, ref: Ref) -> Evidence:
    failure = result.failures.get(ref.step)
    place: Place | None = failure.place if failure is not None else None
    value, expected = result.value(case, ref), case.expected(ref)
    actual = "nothing" if failure is not None else _text(value)
    array = real_array(value)
    compared = outcome.check in ("values", "steps")
    comparable = compared and array is not None and array.shape == np.shape(expected)
    heat = heat_map(array, expected) if comparable else ()
    expected_text = "left as it was" if outcome.check == "unchanged" else _text(expected)
    if outcome.check == "unchanged":
        actual = "overwritten" if outcome.status == "failed" else actual
    return Evidence(snippet(case, ref), expected_text, actual, heat, place)


def _text(value: Any) -> str:
    return describe(value) if isinstance(value, Absent) else format_array(value)
