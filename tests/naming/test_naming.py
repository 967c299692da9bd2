"""Wrong answers in students' own styles get the right name or none; unknown and right ones get no name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from grader.checks.fingerprints import fingerprint
from grader.checks.values import values
from grader.course import CourseAssignment, load_assignment
from grader.model import CaseResult
from tests.checks.cases import DX, case
from tests.naming.answers import Answer, Kind, Ran, answers, members, run

NAMES = ("two_layer_net", "fully_connected_nets", "deep_nets")
ENOUGH: dict[Kind, int] = {"known": 200, "unknown": 120, "right": 25}
TWO_AT_ONCE, IN_ALL = 100, 400


@pytest.fixture(scope="session")
def recorded(course: Path) -> dict[str, CourseAssignment]:
    """The three assignments."""
    return {name: load_assignment(course, name) for name in NAMES}


@pytest.fixture(scope="session")
def ran(recorded: dict[str, CourseAssignment]) -> list[Ran]:
    """Every answer, run."""
    return [run(answer, recorded[answer.assignment]) for answer in answers()]


@pytest.fixture(scope="session")
def names(ran: list[Ran], recorded: dict[str, CourseAssignment]) -> dict[Answer, str]:
    """What the grader calls each answer."""
    return {one.answer: one.name(recorded[one.answer.assignment]) for one in ran}


def told(wrong: Iterable[tuple[Answer, str]]) -> str:
    """Misses, for an assertion's message."""
    return "\n" + "\n".join(
        f"{answer.path.stem} should be {answer.label or 'nameless'}, is {name or 'nameless'}: {answer.says}"
        for answer, name in wrong
    )


def of(kind: Kind, names: dict[Answer, str]) -> dict[Answer, str]:
    """The names of one kind of answers."""
    return {answer: name for answer, name in names.items() if answer.kind == kind}


@pytest.mark.parametrize("kind", ENOUGH)
def test_there_are_enough_answers(names: dict[Answer, str], kind: Kind) -> None:
    assert len(of(kind, names)) >= ENOUGH[kind]


def test_there_are_four_hundred_and_of_two_mistakes_at_once_a_hundred() -> None:
    every = answers()
    assert len(every) >= IN_ALL
    assert sum(answer.two_at_once for answer in every) >= TWO_AT_ONCE


def test_of_two_mistakes_at_once_both_are_named_or_none(names: dict[Answer, str]) -> None:
    halves = [(a, name) for a, name in names.items() if a.two_at_once and name not in ("", a.label)]
    assert not halves, told(halves)


@pytest.mark.parametrize("answer", members(), ids=lambda answer: answer.path.stem)
def test_further_members_of_a_kind_have_its_name(
    answer: Answer, recorded: dict[str, CourseAssignment]
) -> None:
    assert run(answer, recorded[answer.assignment]).name(recorded[answer.assignment]) == answer.label


def test_every_label_is_in_the_catalogue(recorded: dict[str, CourseAssignment]) -> None:
    for answer in (*answers(), *members()):
        marks = recorded[answer.assignment].known_answers.by_question[answer.question]
        assert answer.label in {"", *(mistake.id for mistake, _ in marks)}, answer.path.stem


def test_wrong_answers_lose_points_and_right_ones_do_not(ran: list[Ran]) -> None:
    surprising = [one.answer.path.stem for one in ran if one.fails == (one.answer.kind == "right")]
    assert not surprising


def test_nine_known_mistakes_in_ten_are_named(names: dict[Answer, str]) -> None:
    known = of("known", names)
    missed = [(answer, name) for answer, name in known.items() if name != answer.label]
    assert len(missed) <= 0.1 * len(known), told(missed)


def test_no_known_mistake_is_taken_for_another(names: dict[Answer, str]) -> None:
    mistaken = [(a, name) for a, name in of("known", names).items() if name not in ("", a.label)]
    assert not mistaken, told(mistaken)


@pytest.mark.parametrize("kind", ["unknown", "right"])
def test_nothing_else_is_named(names: dict[Answer, str], kind: Kind) -> None:
    mistaken = [(answer, name) for answer, name in of(kind, names).items() if name]
    assert not mistaken, told(mistaken)


def test_arrays_of_another_shape_are_told_apart_by_what_is_in_them() -> None:
    made = case(values(dx=DX), np.ones((2, 3)))
    one, other, same = (fingerprint([(made, CaseResult((value,)))]) for value in (2.0, 3.0, 2.0))
    assert one.agrees(same.words, same.numbers)
    assert not one.agrees(other.words, other.numbers)


def test_a_wrong_element_where_0_is_right_does_not_hide_the_others() -> None:
    made = case(values(dx=DX), np.array([0.0, 0.0, 0.0, 1.0]))
    given = np.ones(4), np.array([1.0, 1.0, 1.0, 0.0])  # dout through no mask, and through an inverted one
    one, other = (fingerprint([(made, CaseResult((value,)))]) for value in given)
    assert not one.agrees(other.words, other.numbers)
