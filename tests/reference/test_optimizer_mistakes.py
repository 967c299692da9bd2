"""Known mistakes of the update rules: each is caught and told apart; every accepted form passes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, load_assignment
from grader.course.variants import Kind, Variant, load_variants
from grader.model import Case
from reference import optimizers
from tests.reference.variants import COURSE, RULES, Names, made, passes, played

SEEDS = range(20)
by_rule = pytest.mark.parametrize("rule", RULES)


@pytest.fixture(scope="module")
def nets() -> CourseAssignment:
    return load_assignment(COURSE, "fully_connected_nets")


@pytest.fixture(scope="module")
def hidden(nets: CourseAssignment) -> list[tuple[Case, ...]]:
    assert nets.record_hidden is not None
    return [nets.record_hidden(seed) for seed in SEEDS]


@cache
def every(kind: Kind) -> tuple[Variant, ...]:
    return load_variants(COURSE, kind)


def variants(kind: Kind, rule: str) -> list[Variant]:
    return [variant for variant in every(kind) if variant.question == rule]


def of(rule: str, cases: tuple[Case, ...]) -> list[Case]:
    """A rule's cases, without the free run, which is drawn and not scored."""
    return [c for c in cases if c.question == rule and any(check.kind != "trajectory" for check in c.checks)]


def rounds(rule: str, nets: CourseAssignment, hidden: list[tuple[Case, ...]]) -> list[list[Case]]:
    return [of(rule, nets.public), *(of(rule, cases) for cases in hidden)]


@by_rule
def test_no_mistake_passes(rule: str, nets: CourseAssignment, hidden: list[tuple[Case, ...]]) -> None:
    passed = {}
    for mistake in variants("mistakes", rule):
        names = made(mistake, nets)
        passed[mistake.id] = sum(passes(cases, names) for cases in rounds(rule, nets, hidden))
    assert len(passed) >= 15
    assert {name: times for name, times in passed.items() if times} == {}


@by_rule
def test_every_accepted_form_passes(
    rule: str, nets: CourseAssignment, hidden: list[tuple[Case, ...]]
) -> None:
    failed = {}
    for form in variants("accepted", rule):
        names = made(form, nets)
        failed[form.id] = sum(not passes(cases, names) for cases in rounds(rule, nets, hidden))
    assert failed
    assert {name: times for name, times in failed.items() if times} == {}


@by_rule
def test_mistakes_are_told_apart(rule: str, nets: CourseAssignment) -> None:
    same = defaultdict(list)
    for mistake in variants("mistakes", rule):
        same[results(made(mistake, nets), of(rule, nets.public))].append(mistake.id)
    assert [names for names in same.values() if len(names) > 1] == []


def results(names: Names, cases: list[Case]) -> str:
    """All that a case keeps, and how its steps failed; eight digits, so that rounding tells nothing apart."""
    found = []
    for case in cases:
        result = played(case, names)
        failures = [(step, f.kind, f.error, f.message) for step, f in result.failures.items()]
        found.append((result.values, failures))
    return repr(found)


@by_rule
def test_a_rule_is_called_in_its_own_cases_alone(rule: str, nets: CourseAssignment) -> None:
    """So no mistake in it costs points elsewhere."""

    def unexpected(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError(rule)

    assert nets.reference is not None
    names = {**nets.reference, rule: unexpected}
    others = [case for case in nets.public if case.question != rule]
    assert [case.question for case in others if played(case, names).failures] == []
    assert all(played(case, names).failures for case in of(rule, nets.public))


@by_rule
def test_a_variant_differs_in_its_own_rule_alone(rule: str, nets: CourseAssignment) -> None:
    assert nets.reference is not None
    for variant in (*variants("mistakes", rule), *variants("accepted", rule)):
        names = made(variant, nets)
        assert {name for name in names if names[name] is not nets.reference.get(name)} == {rule}


# ------------------------------------------------------------------------------ numbers in the sentences

RATIOS = re.compile(
    r"of the right one|of the way|times too|times that of|times the right one|as far as they|"
    r"as long as (?:it|they)"
)
UNDER_A_STEADY_GRADIENT: tuple[tuple[str, str, int, float, float], ...] = (
    ("sgd-no-rate", "100 times too long", 1, 1, 100),
    ("sgd-rate-twice", "100 times too short", 1, 1, 0.01),
    ("sgd-default-rate", "0.1 as long as they should", 1, 1, 0.1),
    ("momentum-no-rate", "100 times too long", 10, 1, 100),
    ("momentum-rate-twice", "100 times too short", 10, 1, 0.01),
    ("momentum-no-rate-other-sign", "100 times too long", 1, 1, 100),
    ("momentum-brackets", "0.9 as long as it should", 10, 1, 0.9),
    ("momentum-running-mean", "0.1 as long as they should", 10, 1, 0.1),
    ("momentum-complement", "0.12 of the way", 100, 1, 0.12),
    ("momentum-settings-swapped", "90 times too long", 1, 1, 90),
    ("momentum-never-fades", "5.5 times as far", 100, 1, 5.5),
    ("momentum-not-stored", "0.11 of the way", 100, 1, 0.11),
    ("momentum-step-stored", "0.21 of the way", 100, 1, 0.21),
    ("momentum-next-w-stored", "16 times too far", 10, 1, 16),
    ("momentum-restarts", "0.11 of the way", 100, 1, 0.11),
    ("momentum-applied-again", "0.9 of the right one", 10, 1, 0.9),
    ("momentum-nesterov", "1.9 times that", 1, 1, 1.9),
    ("momentum-gradient-twice", "2 times as long", 1, 1, 2),
    ("momentum-moved-twice", "2 times as long", 10, 1, 2),
    ("momentum-default-rate", "0.1 of the right ones", 10, 1, 0.1),
    ("rmsprop-no-complement", "0.1 of the right one", 10, 1, 0.1),
    ("rmsprop-decay-swapped", "0.1 of the right one", 1, 1, 0.1),
    ("rmsprop-decay-on-both", "0.1 of the right one", 10, 1, 0.1),
    ("rmsprop-no-history", "8.9 times as far", 1000, 1, 8.9),
    ("rmsprop-cache-for-gradient", "10⁷ times too long", 1, 1, 1e7),
    ("rmsprop-square-of-product", "10 times too long", 10, 1, 10),
    ("rmsprop-largest", "0.1 of the right one", 1, 1, 0.1),
    ("rmsprop-not-stored", "8.9 times as far", 1000, 1, 8.9),
    ("rmsprop-root-stored", "0.44 of the way", 10, 1, 0.44),
    ("rmsprop-old-cache", "10⁷ times too long", 1, 1, 1e7),
    ("rmsprop-starts-at-one", "0.1 of the right one", 1, 1, 0.1),
    ("rmsprop-starts-at-gradient", "0.1 of the right one", 1, 3, 0.1),
    ("rmsprop-epsilon-multiplied", "10⁸ times too long", 10, 1, 1e8),
    ("rmsprop-no-rate", "100 times too long", 10, 1, 100),
    ("rmsprop-rate-twice", "100 times too short", 10, 1, 0.01),
    ("rmsprop-default-rate", "0.1 of the right ones", 10, 1, 0.1),
    ("rmsprop-default-decay", "0.32 of the right one", 1, 1, 0.32),
    ("rmsprop-root-of-gradient", "0.1 of the right one", 1, 1, 0.1),
    ("adam-no-correction", "3.16 times the right one", 1, 1, 3.16),
    ("adam-no-correction-of-m", "0.1 of the right one", 1, 1, 0.1),
    ("adam-no-correction-of-v", "31.6 times too long", 1, 1, 31.6),
    ("adam-t-not-stored", "1.75 times as far", 10, 1, 1.75),
    ("adam-t-not-stored", "0.63 of the way", 1000, 1, 0.63),
    ("adam-t-counted-twice", "0.74 of the right one", 1, 1, 0.74),
    ("adam-t-restarts", "1.75 times as far", 10, 1, 1.75),
    ("adam-t-default-one", "0.74 of the right one", 1, 1, 0.74),
    ("adam-t-one-late", "0.74 of the right one", 1, 1, 0.74),
    ("adam-power-two", "0.74 of the right one", 1, 1, 0.74),
    ("adam-power-two", "0.47 of the way", 1000, 1, 0.47),
    ("adam-no-power", "1.75 times as far", 10, 1, 1.75),
    ("adam-power-of-difference", "0.17 of the way", 10, 1, 0.17),
    ("adam-power-of-complement", "3.51 times the right one", 1, 1, 3.51),
    ("adam-one-forgotten", "3.51 times the right one", 1, 1, 3.51),
    ("adam-correction-plus", "2.35 times the right one", 1, 1, 2.35),
    ("adam-correction-multiplied", "10 times too long", 1, 1, 10),
    ("adam-correction-swapped", "1000 times too long", 1, 1, 1000),
    ("adam-correction-of-v-by-beta1", "10 times too long", 1, 1, 10),
    ("adam-correction-of-m-by-beta2", "100 times too long", 1, 1, 100),
    ("adam-corrected-twice", "0.32 of the right one", 1, 1, 0.32),
    ("adam-correction-without-root", "0.032 of the right one", 1, 1, 0.032),
    ("adam-corrected-stored", "0.13 of the way", 10, 1, 0.13),
    ("adam-corrected-m-stored", "316 times as far", 10, 1, 316),
    ("adam-corrected-v-stored", "0.10 of the way", 10, 1, 0.105),
    ("adam-m-not-stored", "0.33 of the way", 10, 1, 0.33),
    ("adam-v-not-stored", "2.2 times as far", 10, 1, 2.2),
    ("adam-no-root", "100 times too long", 1, 0.01, 100),
    ("adam-root-of-v-stored", "0.20 of the way", 10, 1, 0.20),
    ("adam-m-and-v-stored", "0.19 of the way", 10, 1, 0.19),
    ("adam-square-of-m", "10 times too long", 1, 1, 10),
    ("adam-square-of-product", "31.6 times too long", 10, 1, 31.6),
    ("adam-no-complement-in-m", "10 times too large", 10, 1, 10),
    ("adam-no-complement-in-v", "0.032 of the right one", 10, 1, 0.032),
    ("adam-beta1-swapped", "9 times too long", 1, 1, 9),
    ("adam-beta2-swapped", "0.032 of the right one", 1, 1, 0.032),
    ("adam-beta1-in-v", "0.1 of the right one", 1, 1, 0.1),
    ("adam-beta2-in-m", "0.01 of the right one", 1, 1, 0.01),
    ("adam-m-without-history", "0.33 of the way", 10, 1, 0.33),
    ("adam-v-without-history", "2.2 times as far", 10, 1, 2.2),
    ("adam-sum-of-squares", "0.032 of the right one", 1, 1, 0.032),
    ("adam-m-for-v", "0.1 of the right one", 1, 1, 0.1),
    ("adam-nesterov", "1.9 times that", 1, 1, 1.9),
    ("adam-no-rate", "1000 times too long", 10, 1, 1000),
    ("adam-rate-twice", "1000 times too short", 10, 1, 0.001),
    ("adam-rate-over-root-t", "0.19 of the way", 100, 1, 0.19),
    ("adam-default-rate", "10 times too long", 10, 1, 10),
    ("adam-epsilon-multiplied", "10⁸ times too long", 10, 1, 1e8),
    ("adam-starts-at-one", "0.032 of the right one", 1, 1, 0.032),
)
"""A mistake and words of its sentence; after so many steps of this gradient: how far w comes / should."""


@pytest.mark.parametrize(
    ("name", "words", "steps", "gradient", "ratio"),
    UNDER_A_STEADY_GRADIENT,
    ids=[f"{name}, {steps}" for name, _, steps, *_ in UNDER_A_STEADY_GRADIENT],
)
def test_the_numbers_in_the_sentences_are_true(
    name: str, words: str, steps: int, gradient: float, ratio: float, nets: CourseAssignment
) -> None:
    (mistake,) = [m for m in every("mistakes") if m.id == name]
    assert words in mistake.says
    rule = mistake.question
    right = travelled(getattr(optimizers, rule), steps, gradient)
    assert travelled(made(mistake, nets)[rule], steps, gradient) / right == pytest.approx(ratio, rel=0.03)


def travelled(rule: Callable[..., Any], steps: int, gradient: float) -> float:
    """Where w, from 0, comes to with the defaults."""
    w, config = np.zeros(1), None
    for _ in range(steps):
        w, config = rule(w, np.full(1, gradient), config)
    return float(w[0])


def test_every_such_number_is_looked_into() -> None:
    told = {m.id for rule in RULES for m in variants("mistakes", rule) if RATIOS.search(m.says)}
    assert told == {row[0] for row in UNDER_A_STEADY_GRADIENT}
