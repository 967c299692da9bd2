"""Hidden cases tell the kind of mistake, and nothing that a submission could have chosen at will.

The student's code knows the inputs. Each way of carrying a number out is tried with two numbers: what is
told must be the same, to the last letter.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks import judge_case
from grader.checks.initialisation import normal, zeros
from grader.checks.keys import keys
from grader.checks.shape import shape
from grader.checks.stability import stability
from grader.checks.unchanged import unchanged
from grader.checks.values import values
from grader.diagnosis import explain, with_patterns
from grader.diagnosis.redaction import redacted
from grader.messages import sentence
from grader.model import Absent, CaseResult, Changed, Check, Failure, Finding, Outcome, Place
from grader.model.findings import FINDINGS, values_of
from grader.model.reasons import COMMON_ERRORS
from grader.model.statuses import PASSING, OutcomeStatus
from tests.checks.cases import DX, MATRIX, NOTHING, case, never

SECRETS = (987654.321, 123455.789)


def told(
    check: Check, key: Any, value: Any, failure: Failure | None = None, changed: tuple[Changed, ...] = ()
) -> Outcome:
    """The one outcome of a hidden case, as grading gets it beside another case that came to the same."""
    keys, values = (key, value) if isinstance(key, tuple) else ((key,), (value,))
    failures = {0: failure} if failure is not None else {}
    result = CaseResult(tuple(values), failures, changed, output="out", cpu=1.0)
    one = replace(case(check, *keys, hidden=True), inputs=(MATRIX + 1, np.ones(3)), input_names=("x", "b"))
    (explained,) = (explain(o, one, result) for o in judge_case(one, result, never))
    outcome, _ = with_patterns([explained, explained])
    return outcome


def raised(error: str = "ValueError", message: str = "", place: Place | None = None) -> Outcome:
    return told(values(dx=DX), MATRIX, NOTHING, Failure("raised", error, message, place))


def row_of(secret: float, width: int) -> Any:
    """One of ``width`` places, chosen by a number: the place of a mistake, or a count."""
    return int(secret) % width


def with_wrong(index: Any) -> Any:
    array = TALL.copy()
    array[index] += 1
    return array


TALL = np.arange(40.0).reshape(20, 2) + 1
CHANNELS: dict[str, Callable[[float], Outcome]] = {
    "text of an exception": lambda s: raised(message=f"inputs: {s}"),
    "type of an exception": lambda s: raised(error=f"E{s}"),
    "label of a compiled source": lambda s: raised(place=Place(f"<{s}>", 1, "")),
    "line of an exception": lambda s: raised(place=Place("cell 3", int(s), "")),
    "source of a line": lambda s: raised(place=Place("cell 3", 1, f"raise {s}")),
    "words of a timeout": lambda s: told(values(dx=DX), MATRIX, NOTHING, Failure("timeout", amount=s)),
    "words of a death": lambda s: told(values(dx=DX), MATRIX, NOTHING, Failure("crashed", f"{s}", f"{s}")),
    "factor": lambda s: told(values(dx=DX), MATRIX, MATRIX * s),
    "factor of a number": lambda s: told(values(tolerance="loss", dx=DX), np.float64(2.0), 2.0 * s),
    "error of a number": lambda s: told(values(dx=DX), np.float64(2.0), s),
    "values": lambda s: told(values(dx=DX), MATRIX, MATRIX**2 + s),
    "size of an error that passes": lambda s: told(values(dx=DX), MATRIX, MATRIX * (1 + 1e-14 * s)),
    "term": lambda s: told(values(dx=DX), MATRIX, MATRIX + s * (MATRIX + 1)),
    "rows": lambda s: told(values(dx=DX), TALL, with_wrong(row_of(s, 20))),
    "number of rows": lambda s: told(values(dx=DX), TALL, with_wrong(slice(1 + row_of(s, 9)))),
    "elements": lambda s: told(values(dx=DX), TALL, with_wrong((row_of(s, 20), 0))),
    "number of NaN": lambda s: told(values(dx=DX), TALL, np.where(row_of(s, 20) + 1 >= TALL, np.nan, TALL)),
    "shape": lambda s: told(values(dx=DX), MATRIX, np.ones((1 + row_of(s, 999), 2))),
    "shape alone": lambda s: told(shape(dx=DX), MATRIX, np.ones((1 + row_of(s, 999), 2))),
    "name of a type": lambda s: told(values(dx=DX), MATRIX, Absent("type", f"T{s}")),
    "name of a type in a shape": lambda s: told(shape(dx=DX), MATRIX, Absent("type", f"T{s}")),
    "keys": lambda s: told(keys(params=DX), {"W1": 0}, {f"{s}": 0}),
    "keys beside right ones": lambda s: told(keys(params=DX), {"W1": 0}, {"W1": 0, f"{s}": 0}),
    "spread": lambda s: told(normal(0.3, W1=DX), MATRIX, MATRIX * s),
    "mean": lambda s: told(normal(0.3, W1=DX), MATRIX, MATRIX + s),
    "biases": lambda s: told(zeros(b=DX), MATRIX, MATRIX * s),
    "overflow": lambda s: told(stability(dx=DX), TALL, np.where(row_of(s, 9) + 1 >= TALL, np.inf, TALL)),
    "stable and wrong": lambda s: told(stability(dx=DX), MATRIX, MATRIX * s),
    "argument": lambda s: told(
        unchanged("dout", "cache", dx=DX), MATRIX, MATRIX, changed=(Changed(0, row_of(s, 2)),)
    ),
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_two_inputs_are_told_alike(channel: str) -> None:
    one, other = (CHANNELS[channel](secret) for secret in SECRETS)
    assert one == other
    assert (one.measurements, one.evidence) == ({}, None)
    assert "987" not in str(one)
    assert "123" not in str(other)


@pytest.mark.parametrize("channel", CHANNELS)
def test_told_like_a_public_case_each_would_carry_a_number_out(
    channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["grader.diagnosis.explain"], "redacted", lambda outcome: outcome)
    one, other = (CHANNELS[channel](secret) for secret in SECRETS)
    assert one != other


texts = st.text(max_size=20)
statuses = st.sampled_from(get_args(OutcomeStatus))
own_words = st.fixed_dictionaries(
    {str: texts, int: st.integers(0, 99), float: st.floats(allow_nan=False), bool: st.booleans()}
)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """A finding of any kind, whose fields hold what a student wrote."""
    kind = FINDINGS[draw(st.sampled_from(sorted(FINDINGS)))]
    words = draw(own_words)
    return kind(**{name: words[type(value)] for name, value in values_of(kind()).items()})


@given(statuses, texts, st.lists(findings(), max_size=3), st.dictionaries(texts, st.floats(), max_size=2))
def test_whatever_an_outcome_holds_little_comes_out(
    status: Any, part: str, given_findings: list[Finding], measured: dict[str, float]
) -> None:
    given_findings = [one for one in given_findings if one.kind != "mistake"]  # its words are the catalogue's

    one = redacted(
        Outcome("values", status, True, "dx", findings=tuple(given_findings), measurements=measured)
    )

    assert replace(one, findings=()) == Outcome("values", status, True, "dx")
    assert len(one.findings) == (status not in PASSING or bool(one.findings))
    for finding in one.findings:
        told = {
            name: value
            for name, value in values_of(finding).items()
            if value != values_of(type(finding)())[name]
        }
        assert set(told) <= {"part", "error"}
        assert told.get("error", "KeyError") in COMMON_ERRORS


def test_a_common_error_is_named_and_one_of_ones_own_is_not() -> None:
    assert sentence(raised("IndexError")) == "In a hidden case IndexError is raised."
    assert sentence(raised("Leak")) == "In a hidden case an error is raised."


def test_the_kind_of_a_mistake_is_still_told() -> None:
    assert (
        sentence(told(values(dx=DX), MATRIX, MATRIX * 2))
        == "In a hidden case dx has wrong values: wrong by a factor."
    )
    assert [f.kind for f in told(values(dx=DX), MATRIX, -MATRIX).findings] == ["sign"]


def test_the_place_in_the_rubric_is_kept() -> None:
    one = Outcome("values", "failed", True, "dx", "N = 5", 3, scored=False)
    kept = redacted(one)
    assert (kept.check, kept.part, kept.case, kept.rung, kept.scored) == ("values", "dx", "N = 5", 3, False)


def test_a_kind_is_told_of_hidden_cases_only_where_it_says_so() -> None:
    """Nothing but the part, which is the rubric's, and the type of a common exception is told anywhere."""
    tellable = {
        field.name
        for kind in FINDINGS.values()
        for field in fields(kind)  # type: ignore[arg-type]
        if field.metadata.get("tellable")
    }
    assert tellable == {"part", "error"}
    assert not FINDINGS["not_loaded"].when_hidden
    assert sum(kind.when_hidden for kind in FINDINGS.values()) > 30
