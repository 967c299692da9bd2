"""Records as JSON, both ways."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

from grader.model import (
    AssignmentInfo,
    EvidencePack,
    Outcome,
    QuestionReport,
    Report,
    SandboxInfo,
    SubmissionInfo,
    Verification,
    from_json,
    to_json,
)
from grader.model.findings import UnknownFinding
from grader.model.reasons import Scale


def a_report(**measurements: float) -> Report:
    findings = (Scale("db\udc80", 0.5), UnknownFinding("of another course", {"part": "db"}))
    outcome = Outcome("values", "failed", False, findings=findings, measurements=measurements)
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


MALFORMED: list[bytes | str] = [
    '{"$float": []}',
    '{"$float": {}}',
    '{"$float": "abc"}',
    '{"$float": "1e400"}',
    '{"$float": null}',
    '{"$float": 1}',
    "[" * 300_000,
    "[" * 300_000 + "]" * 300_000,
    '{"a":' * 300_000,
    "[" * 200 + "]" * 200,
    b"\xff\xfe\x00",
    b"\x80",
    "9" * 5_000,
    "NaN",
    "-Infinity",
    '"\ud800"',
    '{"score": ' + "9" * 400 + "}",
    "",
    "null",
]


@pytest.mark.parametrize("kind", [Report, EvidencePack, Verification])
@pytest.mark.parametrize("text", MALFORMED, ids=lambda text: repr(text[:12]))
def test_malformed_json_is_a_value_error_with_a_sentence(text: bytes | str, kind: type[object]) -> None:
    with pytest.raises(ValueError, match=r"that this version can read: .") as caught:
        from_json(text, kind)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    "value",
    [
        "[]",
        "{}",
        '"x"',
        "null",
        "1" + "0" * 400,
        '{"$float": "nan"}',
        "[[[]]]",
        '"\\ud800"',
        '"\\u001b[31m"',
        "true",
    ],
)
def test_a_field_of_another_type_is_a_value_error_or_the_same_record(value: str) -> None:
    """Every field of a report in turn."""
    record = json.loads(to_json(a_report(scaled_error=0.5)))
    for path in _paths(record):
        text = json.dumps(_replaced(record, path, "@")).replace('"@"', value)
        with contextlib.suppress(ValueError):
            assert isinstance(from_json(text), Report)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _paths(item, (*path, key))


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copy
