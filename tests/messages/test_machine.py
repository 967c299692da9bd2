"""What a machine can do, said aloud: no name of the sandbox lacks its words."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from grader.messages.machine import say_advice, say_denial, say_missing, say_probe, say_shortfall
from grader.messages.words import Words
from grader.model.results import FailureCause, What
from grader.sandbox.advice import _NEEDED, Advice, TightLimit
from grader.sandbox.escape_probes import ESCAPE_PROBES
from grader.sandbox.measure import Measurement
from grader.sandbox.mechanisms import MECHANISMS, Missing, MissingReason

NOT_APPLIED = Missing("not applied", "Operation not permitted")


def test_each_mechanism_each_reason_and_each_probe_has_words() -> None:
    assert all(say_denial(mechanism.name) for mechanism in MECHANISMS)
    assert all(say_missing(Missing(reason)) for reason in get_args(MissingReason))
    assert all(say_probe(probe.name) for probe in ESCAPE_PROBES)


def test_each_piece_of_advice_has_words() -> None:
    obstacles = get_args(get_type_hints(Advice)["obstacle"])
    assert all(say_advice(Advice(obstacle, "freebsd14", NOT_APPLIED)).endswith(".") for obstacle in obstacles)
    assert say_advice(None) == ""


@pytest.mark.parametrize(
    ("advice", "words"),
    [
        (Advice("Windows"), "WSL"),
        (Advice("macOS", why=NOT_APPLIED), "Linux container"),
        (Advice("filters", why=NOT_APPLIED), "(it could not be applied: Operation not permitted)"),
        (Advice("filters", why=NOT_APPLIED), "default profile"),
        (Advice("other machine", why=Missing("unknown machine", "riscv64")), "do not know riscv64"),
        (Advice("other system", "freebsd14"), "freebsd14"),
        (Advice("unexpected"), "report"),
    ],
)
def test_the_advice_says_what_to_do(advice: Advice, words: str) -> None:
    assert words in say_advice(advice)


def test_a_tight_limit_is_named_with_its_unit() -> None:
    assert say_advice(TightLimit("-v", 1_500, 4_096, "MB")) == (
        "The address space is limited here to 1,500 MB (ulimit -v), and the grader and its sandbox need "
        "4,096 MB: lift the limit, and try again."
    )
    assert "limited here to 16 (ulimit -n)" in say_advice(TightLimit("-n", 16, 32))
    assert all(say_advice(TightLimit(option, 1, 2, unit))[0].isupper() for option, *_, unit in _NEEDED)


def test_a_shortfall_lists_what_was_not_denied() -> None:
    open_here = Measurement("limited", (), {}, {"file": False, "socket": False, "limit": True})
    assert say_shortfall(open_here) == "Student code could still read a file and make a socket."
    assert say_shortfall(Measurement("limited", (), {}, {})).startswith("Student code could still ")
    assert say_shortfall(Measurement("sealed", (), {}, {"file": True})) == ""


def test_each_cause_and_each_kind_of_value_has_words() -> None:
    words = Words("en")
    assert all(words.cause(cause, 1.0, "x") for cause in get_args(FailureCause) if cause)
    assert all(words.text(f"what.{what}", detail="x") for what in get_args(What) if what)
