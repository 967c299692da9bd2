"""Bundles: every field is what it has to be, or the file is refused with what is wrong and where."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import CheckKind, register
from grader.checks.reading import arrays_alone
from grader.course import CourseAssignment, read_bundle, write_bundle
from grader.model import Check
from tests.course.bundles import refused, small, written


@pytest.fixture(scope="module")
def bundle(assignment: CourseAssignment) -> bytes:
    return write_bundle(assignment)


@pytest.fixture
def plain(bundle: bytes) -> dict[str, Any]:
    return small(bundle)


def same(one: Any, other: Any) -> bool:
    """Equal, with arrays inside."""
    if isinstance(one, np.ndarray | np.generic):
        return (one.dtype, one.shape) == (other.dtype, other.shape) and bool(one.tobytes() == other.tobytes())
    if isinstance(one, tuple | list):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return type(one) is type(other) and bool(one == other)


def test_what_is_read_is_what_was_written(
    assignment: CourseAssignment, bundle: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.cases"
    path.write_bytes(bundle)

    found = read_bundle(path)

    for one, other in zip(found.public, assignment.public, strict=True):
        if not any(check.kind == "initialisation" for check in one.checks):  # whose keys are not handed out
            assert same(one, other), one.question
    assert same(dict(found.known_answers.by_question), dict(assignment.known_answers.by_question))
    assert (found.name, found.title, found.version) == (assignment.name, assignment.title, assignment.version)
    assert (found.stubs, found.locked_cells) == (assignment.stubs, assignment.locked_cells)
    assert (found.provided_names, found.hidden_counts) == (
        assignment.provided_names,
        assignment.hidden_counts,
    )


WHOLE: list[Any] = [None, 1, [], {}, {"format": 6}, {"format": "4"}, {"format": True}, {"format": [4]}, "x"]


@pytest.mark.parametrize("value", WHOLE, ids=repr)
def test_a_value_that_is_no_bundle_is_refused(value: Any, tmp_path: Path) -> None:
    refused(written(tmp_path / "a.cases", value))


FIELDS: list[tuple[str, Any]] = [
    ("cases", [1]),
    ("cases", {}),
    ("cases", None),
    ("name", ""),
    ("name", 1),
    ("title", "\x1b[2J"),
    ("title", "a" * 10_000),
    ("version", 1.0),
    ("questions", []),
    ("questions", [1]),
    ("hidden", {"nobody": 1}),
    ("hidden", {"relu_forward": -1}),
    ("hidden", {"relu_forward": 1.5}),
    ("hidden", {"relu_forward": True}),
    ("stubs", {"relu_forward": 1}),
    ("stubs", []),
    ("locked", "text"),
    ("locked", [1]),
    ("digests", {"shape_drill": {}}),
    ("digests", {"shape_drill": {"out": 1}}),
    ("digests", {"nobody": {}}),
    ("digests", []),
    ("provided", ["os"]),
    ("provided", ["__builtins__"]),
    ("provided", ["solver"]),
    ("provided", [["Solver"]]),
    ("known", []),
    ("known", {"nobody": {"mistakes": (), "numbers": [], "tolerances": np.zeros(0)}}),
    ("known", {"relu_forward": {}}),
    ("known", {"relu_forward": {"mistakes": (), "numbers": [1], "tolerances": np.zeros(0)}}),
    ("known", {"relu_forward": {"mistakes": (), "numbers": (), "tolerances": np.arange(0)}}),
    ("format", 99),
]


@pytest.mark.parametrize(("name", "value"), FIELDS, ids=lambda value: repr(value)[:40])
def test_a_field_of_a_bundle_is_what_it_has_to_be(
    name: str, value: Any, plain: dict[str, Any], tmp_path: Path
) -> None:
    plain[name] = value

    refused(written(tmp_path / "a.cases", plain), "damaged|another version")


CASE_FIELDS: list[tuple[str, Any]] = [
    ("question", "nobody"),
    ("question", "shape_drill"),
    ("question", 1),
    ("label", "\n"),
    ("label", None),
    ("rung", -1),
    ("rung", 1.0),
    ("seed", -1),
    ("seed", 0.5),
    ("inputs", [[1.0]]),
    ("inputs", ()),
    ("input_names", ()),
    ("input_names", (1,)),
    ("steps", ()),
    ("keep", ()),
    ("keep", ({"$ref": (99, ())},)),
    ("keep", (1,)),
    ("key", ()),
    ("checks", [1]),
    ("checks", [("values", {}, {})]),
    ("deadline", 0.0),
    ("deadline", -1.0),
    ("deadline", float("nan")),
    ("deadline", float("inf")),
    ("deadline", 61.0),
    ("deadline", "5"),
    ("watch", 1),
    ("hidden", False),
]


@pytest.mark.parametrize(("name", "value"), CASE_FIELDS, ids=lambda value: repr(value)[:40])
def test_a_field_of_a_case_is_what_it_has_to_be(
    name: str, value: Any, plain: dict[str, Any], tmp_path: Path
) -> None:
    plain["cases"][3][name] = value

    assert "cases[3]" in refused(written(tmp_path / "a.cases", plain))


RESULT, INPUT = {"$ref": (0, ())}, {"$input": 0}
CHECKS: list[Any] = [
    ("common", {"out": RESULT}, {}),
    ("os", {"out": RESULT}, {}),
    ("..model", {"out": RESULT}, {}),
    ("fingerprints", {"out": RESULT}, {}),
    ("", {"out": RESULT}, {}),
    (1, {"out": RESULT}, {}),
    ("values", {"out": RESULT}, {}),
    ("values", {"out": RESULT}, {"tolerance": "none"}),
    ("values", {"out": RESULT}, {"tolerance": 1.0}),
    ("values", {"out": RESULT}, {"tolerance": "values", "more": 1}),
    ("values", {"out": {"$ref": (0, (77,))}}, {"tolerance": "values"}),
    ("values", {"out": (RESULT,)}, {"tolerance": "values"}),
    ("values", {"out": INPUT}, {"tolerance": "values"}),
    ("values", {"out": 1}, {"tolerance": "values"}),
    ("values", {"\n": RESULT}, {"tolerance": "values"}),
    ("values", [RESULT], {"tolerance": "values"}),
    ("values", {"out": RESULT}, []),
    ("shape", {"out": 1}, {}),
    ("stability", {"out": RESULT}, {"x": 1}),
    ("keys", {"out": RESULT}, {}),
    ("unchanged", {"out": RESULT}, {}),
    ("unchanged", {"out": RESULT}, {"arguments": 1}),
    ("batch_of_one", {"out": RESULT}, {}),
    ("batch_of_one", {"out": (RESULT,)}, {}),
    ("gradient", {"dx": (INPUT, RESULT)}, {}),
    ("gradient", {"dx": (INPUT, RESULT)}, {"of": INPUT, "dout": None, "scores": ""}),
    ("gradient", {"dx": (INPUT, RESULT)}, {"of": RESULT, "dout": 1, "scores": ""}),
    ("gradient", {"dx": (RESULT, INPUT)}, {"of": RESULT, "dout": None, "scores": ""}),
    ("gradient", {"dx": RESULT}, {"of": RESULT, "dout": None, "scores": ""}),
    ("steps", {"w": RESULT}, {"forms": {}}),
    ("steps", {"w": ()}, {"forms": {}}),
    ("steps", {"w": (RESULT,)}, {"forms": []}),
    ("steps", {"w": (RESULT,)}, {"forms": {"w": {"a": ()}}}),
    ("steps", {"w": (RESULT,)}, {"forms": {"w": {"a": (np.zeros(1000),)}}}),
    ("steps", {"w": (RESULT,)}, {"forms": {"v": {}}}),
    ("trajectory", {"run": (RESULT,)}, {"quadratic": (1.0,), "start": (1.0, 1.0)}),
    ("trajectory", {"run": (RESULT,)}, {"quadratic": (1.0, float("nan")), "start": (1.0, 1.0)}),
    ("trajectory", {"run": ()}, {"quadratic": (1.0, 1.0), "start": (1.0, 1.0)}),
    ("initialisation", {"w": RESULT}, {"std": -1.0}),
    ("initialisation", {"w": RESULT}, {"std": float("nan")}),
    ("initialisation", {"w": RESULT}, {}),
    ("dropout", {"out": RESULT}, {"keep": 0.0, "x": INPUT}),
    ("dropout", {"out": RESULT}, {"keep": 0.5}),
    ("dropout", {"out": RESULT}, {"keep": 0.5, "x": np.zeros((3, 77))}),
    ("dropout", {"out": RESULT}, {"x": INPUT, "dout": "x", "out": RESULT}),
    ("values", {"out": RESULT}),
    "values",
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: repr(check)[:70])
def test_a_check_is_one_that_its_kind_can_judge(check: Any, plain: dict[str, Any], tmp_path: Path) -> None:
    case = next(case for case in plain["cases"] if case["question"] == "relu_forward")
    case["keep"], case["key"] = ({"$ref": (0, ())},), (np.ones(3),)
    case["checks"] = [("values", {"out": RESULT}, {"tolerance": "values"})]
    read_bundle(written(tmp_path / "true.cases", plain))

    case["checks"] = [check]

    assert "checks[0]" in refused(written(tmp_path / "a.cases", plain))


def test_a_kind_that_a_laptop_does_not_have_is_left_out(assignment: CourseAssignment, tmp_path: Path) -> None:
    foreign = CheckKind("of_a_course", lambda *of_a_check: [], arrays_alone)
    register(foreign)
    first = assignment.public[0]
    changed = replace(first, checks=(*first.checks, Check("of_a_course", dict(first.checks[0].outputs))))
    path = tmp_path / "a.cases"
    path.write_bytes(write_bundle(replace(assignment, public=(changed, *assignment.public[1:]))))

    assert read_bundle(path).public[0].checks == first.checks
