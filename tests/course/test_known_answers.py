"""Known answers: built from patches, kept under a hash of all they depend on, handed out with the cases."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, PublicAssignment, load_assignment, read_bundle, write_bundle
from grader.course.known_answers import CACHE, pack, unpack
from grader.grading.cases import judge_cases
from grader.model.reasons import KnownMistake
from grader.sandbox import LocalSession
from grader.sandbox.wire import decode, encode

MISTAKE = """
[[variant]]
id = "relu-takes-the-absolute-value"
question = "relu_forward"
change = [["np.maximum(0, x)", "np.abs(x)"]]
says = "You take the absolute value."
"""


@pytest.fixture
def small(course: Path, tmp_path: Path) -> Path:
    """A course of the first assignment with one known mistake."""
    copy = tmp_path / "course"
    shutil.copytree(course / "assignments", copy / "assignments")
    shutil.copytree(course / "reference", copy / "reference", ignore=shutil.ignore_patterns("*.toml"))
    (copy / "reference" / "mistakes" / "relu.toml").write_text(MISTAKE)
    return copy


def named(assignment: PublicAssignment, relu: object) -> str:
    question = assignment.question("relu_forward")
    cases = [case for case in assignment.public if case.question == "relu_forward"]
    outcomes = judge_cases(question, cases, LocalSession({"relu_forward": relu}), assignment)
    found = [f.mistake for o in outcomes for f in o.findings if isinstance(f, KnownMistake)]
    return found[0] if found else ""


def absolute(x: object) -> object:
    return x * ((x > 0) * 2 - 1), x  # type: ignore[operator]


def negative(x: object) -> object:
    return -x, x  # type: ignore[operator]


def test_a_mistake_is_named_and_another_is_not(small: Path) -> None:
    assignment = load_assignment(small, "two_layer_net")
    assert named(assignment, absolute) == "relu-takes-the-absolute-value"
    assert named(assignment, negative) == ""


def test_they_are_kept_and_read_again(small: Path) -> None:
    first = load_assignment(small, "two_layer_net").known_answers
    (place,) = (small / CACHE).glob("*.known")
    written = place.stat().st_mtime_ns
    again = load_assignment(small, "two_layer_net").known_answers
    assert place.stat().st_mtime_ns == written
    assert pack(again).keys() == pack(first).keys()


def test_a_changed_patch_makes_them_anew(small: Path) -> None:
    assert named(load_assignment(small, "two_layer_net"), absolute)
    path = small / "reference" / "mistakes" / "relu.toml"
    path.write_text(MISTAKE.replace("np.abs(x)", "-x").replace("takes-the-absolute-value", "sign"))
    changed = load_assignment(small, "two_layer_net")
    assert (named(changed, absolute), named(changed, negative)) == ("", "relu-sign")
    assert len(list((small / CACHE).glob("*.known"))) == 1


def test_a_damaged_cache_is_made_again(small: Path) -> None:
    assert load_assignment(small, "two_layer_net").known_answers.by_question
    (place,) = (small / CACHE).glob("*.known")
    place.write_bytes(b"no")
    assert named(load_assignment(small, "two_layer_net"), absolute)


def test_a_catalogue_that_cannot_be_used_costs_no_grades(small: Path) -> None:
    (small / "reference" / "mistakes" / "broken.toml").write_text("[[variant")
    assignment = load_assignment(small, "two_layer_net")
    assert not assignment.known_answers.by_question
    assert named(assignment, absolute) == ""


def test_a_bundle_names_the_mistake_without_a_reference(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "two_layer_net.cases"
    path.write_bytes(write_bundle(load_assignment(small, "two_layer_net")))
    bundle = read_bundle(path)
    assert not isinstance(bundle, CourseAssignment)
    assert named(bundle, absolute) == "relu-takes-the-absolute-value"
    assert b"np.abs" not in path.read_bytes()


def test_known_answers_are_plain_values(small: Path) -> None:
    known = load_assignment(small, "two_layer_net").known_answers
    assert pack(unpack(pack(known)))["relu_forward"]["mistakes"] == pack(known)["relu_forward"]["mistakes"]


def kept(**changes: Any) -> bytes:
    """A file of known answers of one mistake, but for some of its fields."""
    fields = {
        "mistakes": (("a", "", "", "", "", (), ""),),
        "numbers": [np.zeros(2)],
        "tolerances": np.zeros(2),
    }
    return bytes(encode({"relu_forward": {**fields, **changes}}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(encode([])),
        bytes(encode(1)),
        bytes(encode({"relu_forward": 1})),
        kept(mistakes=(1,)),
        kept(mistakes=("1234567",)),
        kept(mistakes=(("a", "", "", "", "", ("__import__('os')",), ""),)),
        kept(mistakes=(("a", "", "", "", "", "x", ""),)),
        kept(mistakes=(("a", 1, "", "", "", (), ""),)),
        kept(mistakes=()),
        kept(numbers=[np.zeros(3)]),
        kept(numbers=[np.zeros((2, 1))]),
        kept(numbers=[np.zeros(2, np.float32)]),
        kept(numbers=[1.0]),
        kept(tolerances=np.zeros(3)),
        kept(tolerances=np.array([0.1, np.nan])),
        kept(more=1),
        b"l\1\0\0\0" * 100_000 + b"N",
    ],
)
def test_odd_known_answers_are_no_answers(data: bytes) -> None:
    unpack(decode(kept()))

    with pytest.raises(ValueError, match=r"known|tag|truncated|nested"):
        unpack(decode(data))


@pytest.mark.parametrize("odd", ["lengths", "large", "pipe", "folder", "link to nothing"])
def test_an_odd_cache_is_made_again(odd: str, small: Path) -> None:
    assert load_assignment(small, "two_layer_net").known_answers.by_question
    (place,) = (small / CACHE).glob("*.known")
    place.unlink()
    match odd:
        case "lengths":
            place.write_bytes(kept(numbers=[np.zeros(3)]))
        case "large":
            place.touch()
            os.truncate(place, 8 << 30)  # sparse: it takes no room
        case "pipe":
            os.mkfifo(place)
        case "folder":
            place.mkdir()
        case _:
            place.symlink_to(small / "nothing")

    assert named(load_assignment(small, "two_layer_net"), absolute) == "relu-takes-the-absolute-value"
