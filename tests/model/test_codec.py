"""Records as JSON, both ways."""

from __future__ import annotations

import json
import math

import pytest

from grader.model import (
    AssignmentInfo,
    Finding,
    Outcome,
    QuestionReport,
    Report,
    SandboxInfo,
    SubmissionInfo,
    from_json,
    to_json,
)


def a_report(**measurements: float) -> Report:
    outcome = Outcome(
        "values",
        "failed",
        False,
        "db is wrong\udc80",
        findings=(Finding("scale", "half"),),
        measurements=measurements,
    )
    question = QuestionReport("affine_backward", "Affine", "code", "partial", 6.0, 9.0, outcomes=(outcome,))
    assignment, submission = AssignmentInfo("two_layer_net", "1.0"), SubmissionInfo("ann", "00")
    return Report(assignment, submission, SandboxInfo("limited"), 6.0, 9.0, False, (question,))


def test_a_report_survives_the_way_there_and_back() -> None:
    report = a_report(scaled_error=0.5)
    assert from_json(to_json(report)) == report


def test_nan_and_infinity_survive() -> None:
    report = a_report(a=math.nan, b=math.inf, c=-math.inf)
    text = to_json(report)
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    found = from_json(text).questions[0].outcomes[0].measurements
    assert math.isnan(found["a"])
    assert (found["b"], found["c"]) == (math.inf, -math.inf)


@pytest.mark.parametrize("text", ["{}", "[]", '{"schema": "x"}', "[" * 100_000])
def test_what_is_no_report_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a report|Expecting"):
        from_json(text)


def test_an_unknown_status_is_refused() -> None:
    text = to_json(a_report()).replace(b'"partial"', b'"perfect"')
    with pytest.raises(ValueError, match="perfect"):
        from_json(text)
