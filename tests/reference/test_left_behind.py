"""What answers leave behind, or share, or draw only once: each costs its question, and says what it is.

Their values are right wherever a single call is looked at. ``left_behind.toml`` holds further members of each
kind of known mistake, and answers that look like them and are right.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.checks import decides
from grader.course import CourseAssignment, load_assignment
from grader.course.variants import Variant, load_variants
from grader.model import Case, Outcome
from grader.model.statuses import PASSING
from tests.reference.variants import COURSE, judged, made

TWO, DEEP, NORMS = "two_layer_net", "fully_connected_nets", "deep_nets"
TABLES = tomllib.loads((Path(__file__).parent / "left_behind.toml").read_text(encoding="utf-8"))
MAY_FOLLOW = {"not_repeatable", "values", "nothing_dropped"}
"""Kinds that a wrong answer may come to as well: an x that is a last digit off gives other slopes, say."""


@cache
def loaded(name: str) -> CourseAssignment:
    return load_assignment(COURSE, name)


@cache
def cases_of(name: str, question: str) -> list[Case]:
    """The public cases of a question, with the checks that decide points."""
    return [
        replace(case, checks=tuple(filter(decides, case.checks)))
        for case in loaded(name).public
        if case.question == question
    ]


def failures(name: str, variant: Variant) -> list[Outcome]:
    """The scored outcomes that a variant fails, at its own question."""
    names = made(variant, loaded(name))
    found = [outcome for case in cases_of(name, variant.question) for outcome in judged(case, names)]
    return [outcome for outcome in found if outcome.status not in PASSING]


def kinds_of(outcomes: list[Outcome]) -> set[str]:
    return {finding.kind for outcome in outcomes for finding in outcome.findings}


def as_variant(row: dict[str, Any]) -> Variant:
    return Variant("a-test", row["question"], tuple(map(tuple, row["change"])), "")


@pytest.mark.parametrize("row", TABLES["wrong"], ids=lambda row: row["what"])
def test_it_is_seen_and_said(row: dict[str, Any]) -> None:
    wrong = failures(row["assignment"], as_variant(row))

    assert kinds_of(wrong) - (MAY_FOLLOW - {row["kind"]}) == {row["kind"]}


@pytest.mark.parametrize("row", TABLES["right"], ids=lambda row: row["what"])
def test_what_looks_like_it_and_is_right_passes(row: dict[str, Any]) -> None:
    assert failures(row["assignment"], as_variant(row)) == []


KNOWN: dict[str, dict[str, str]] = {
    "numerical-restored-after-the-loop": {TWO: "values"},
    "numerical-restored-after-the-loop-from-above": {TWO: "values"},
    "numerical-restored-by-a-step-back": {TWO: "overwritten"},
    "dropout-same-mask": {NORMS: "same_mask"},
    "dropout-mask-kept-in-param": {NORMS: "same_mask"},
    "deep-dropout-in-first-layer-only": {NORMS: "nothing_dropped"},
    "deep-dropout-in-last-layer-only": {NORMS: "nothing_dropped"},
    "deep-dropout-before-normalisation": {NORMS: "mask_values"},
    "deep-same-masks": {NORMS: "same_mask"},
    "net-params-altered": {TWO: "altered"},
    "net-x-altered": {TWO: "overwritten"},
    "deep-params-altered": {DEEP: "altered", NORMS: "altered"},
    "deep-x-altered": {DEEP: "overwritten", NORMS: "overwritten"},
    "deep-hidden-dims-extended": {DEEP: "altered", NORMS: "altered"},
    "net-biases-shared": {TWO: "shared_arrays"},
    "deep-biases-shared": {DEEP: "shared_arrays", NORMS: "shared_arrays"},
    "deep-dtype-ignored": {DEEP: "other_precision", NORMS: "other_precision"},
    "deep-batchnorm-biases-regularised": {NORMS: "not_negligible"},
}
"""Known mistakes of these kinds: in each assignment, the kind of finding that they come to."""


@pytest.mark.parametrize("mistake", KNOWN)
def test_a_known_mistake_of_these_kinds_is_seen(mistake: str) -> None:
    (variant,) = (one for one in load_variants(COURSE, "mistakes") if one.id == mistake)

    for name, kind in KNOWN[mistake].items():
        assert kind in kinds_of(failures(name, variant)), name
