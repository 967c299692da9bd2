"""Hostile files of cases: nothing in one is run, none takes memory at will, each ends in a CourseError."""

from __future__ import annotations

import copy
import os
import random
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, CourseError, PublicAssignment, read_bundle, write_bundle
from grader.sandbox.wire import MAX_ITEMS, WireError, encode
from tests.course.bundles import MAGIC, refused, small, written
from tests.model.test_formulas import HOSTILE

MUTATIONS = 400


@pytest.fixture(scope="module")
def bundle(assignment: CourseAssignment) -> bytes:
    return write_bundle(assignment)


@pytest.fixture(scope="module")
def decoded(bundle: bytes) -> dict[str, Any]:
    return small(bundle)


@pytest.fixture
def plain(decoded: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(decoded)


def step(*parts: Any) -> tuple[Any, ...]:
    """A step of a case: operation, name, target, args, kwargs, parameters."""
    return (*parts, *("call", "f", None, (), {}, ())[len(parts) :])


def test_a_true_bundle_is_read(plain: dict[str, Any], tmp_path: Path) -> None:
    found = read_bundle(written(tmp_path / "a.cases", plain))

    assert len(found.public) == len(plain["cases"])
    assert found.known_answers.by_question


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["argument", "step"])
def test_a_hostile_formula_runs_nothing(text: str, place: str, plain: dict[str, Any], tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    formula = text.format(path=touched).encode("utf-8", "replace").decode()
    case = plain["cases"][0]
    case["steps"] = (
        *case["steps"],
        step("call", "f", None, ({"$formula": formula},))
        if place == "argument"
        else step("apply", formula, None, (1.0,)),
    )

    said = refused(written(tmp_path / "a.cases", plain))

    assert "cases[0].steps" in said
    assert not touched.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        step("call", "get_ipython"),
        step("call", "open", None, ("/tmp/x", "w")),
        step("call", "exec", None, ("1",)),
        step("call", "__import__", None, ("os",)),
        step("call", "os.system", None, ("true",)),
        step("call", ""),
        step("call", "f", {"$ref": (0, ())}),
        step("method", "tofile", {"$ref": (0, (0,))}, ("/tmp/x",)),
        step("method", "dump", {"$ref": (0, (0,))}, ("/tmp/x",)),
        step("method", "__reduce__", {"$ref": (0, ())}),
        step("read", "__globals__", {"$ref": (0, ())}),
        step("read", "gi_frame", {"$ref": (0, ())}),
        step("set", "__class__", {"$ref": (0, ())}, (1,)),
        step("set", "params", {"$ref": (0, ())}, ()),
        step("read", "params", {"$ref": (0, ())}, (1,)),
        step("read", "params"),
        step("update", "config", {"$ref": (0, ())}, (1,)),
        step("apply", "x", None, ()),
        step("apply", "x", None, (1, 2)),
        step("apply", "x", {"$ref": (0, ())}, (1,)),
        step("apply", 1, None, (1,)),
        step("run", "f"),
        step(1, "f"),
        step("call", "f", None, ({"$ref": (99, ())},)),
        step("call", "f", None, ({"$ref": (-1, ())},)),
        step("call", "f", None, ({"$ref": (0, (-1,))},)),
        step("call", "f", None, ({"$ref": (0, (1.5,))},)),
        step("call", "f", None, ({"$ref": (0, "x")},)),
        step("call", "f", None, ({"$ref": 0},)),
        step("call", "f", None, ({"$input": 99},)),
        step("call", "f", None, ({"$input": -1},)),
        step("call", "f", None, ({"$input": True},)),
        step("call", "f", None, ({"$input": "0"},)),
        step("call", "f", None, ({"$formula": 1},)),
        step("call", "f", None, ({"$type": "object"},)),
        step("call", "f", None, ({"$type": "S1000000000"},)),
        step("call", "f", None, ({"$type": []},)),
        step("call", "f", None, ({"$array": ("f8", (1,), "x")},)),
        step("call", "f", None, ({"$ref": (0, ()), "other": 1},)),
        step("call", "f", None, (), {"a b": 1}),
        step("call", "f", None, (), []),
        step("call", "f", None, 1),
        step("call", "f", None, (), {}, ("x",)),
        step("call", "f", None, (np.zeros((1 << 40, 0)),)),
        step("call", "f", None, (np.array(1j),)),
        ("call", "f"),
        "call",
        1,
        None,
    ],
    ids=lambda wrong: repr(wrong)[:60],
)
def test_a_step_that_no_recorder_wrote_is_refused(wrong: Any, plain: dict[str, Any], tmp_path: Path) -> None:
    plain["cases"][0]["steps"] = (*plain["cases"][0]["steps"], wrong)

    assert "cases[0].steps" in refused(written(tmp_path / "a.cases", plain))


BOMB = """
import resource, sys, tracemalloc, zlib
from pathlib import Path
from grader.course import CourseError, read_bundle
path = Path(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_bundle(path)
except CourseError as error:
    print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
"""


def test_a_bomb_is_not_inflated(tmp_path: Path) -> None:
    stream = zlib.compressobj(9)
    array = b"a\0\1" + (1 << 25).to_bytes(8, "little")  # of a quarter of a gigabyte
    parts = [MAGIC, stream.compress(array), *(stream.compress(bytes(1 << 20)) for _ in range(1 << 8))]
    path = tmp_path / "bomb.cases"
    path.write_bytes(b"".join(parts) + stream.flush())
    assert path.stat().st_size < 400_000

    done = subprocess.run([sys.executable, "-c", BOMB, path], capture_output=True, text=True, check=True)

    message, megabytes = done.stdout.splitlines()
    assert "it holds more than 64 MB" in message
    assert int(megabytes) < 200


def test_a_file_without_end_and_a_pipe_are_not_read(tmp_path: Path) -> None:
    large, pipe = tmp_path / "large.cases", tmp_path / "pipe.cases"
    large.write_bytes(MAGIC)
    os.truncate(large, 8 << 30)  # sparse: it takes no room
    os.mkfifo(pipe)

    assert "larger than 16 MB" in refused(large)
    refused(pipe)
    refused(tmp_path, "cannot be read|damaged")
    refused(tmp_path / "none.cases", "cannot be read")


def test_a_link_to_a_bundle_is_one(bundle: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.cases").write_bytes(bundle)
    (tmp_path / "b.cases").symlink_to(tmp_path / "a.cases")

    assert read_bundle(tmp_path / "b.cases").public


@pytest.mark.parametrize("tail", [b"x", zlib.compress(b"N")])
def test_nothing_may_follow_and_nothing_may_lack(tail: bytes, bundle: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.cases"
    path.write_bytes(bundle + tail)
    assert "follows" in refused(path)

    path.write_bytes(bundle[:-4])
    assert "cut off" in refused(path)


# Mutations: whatever is changed, an assignment comes out or a CourseError, and nothing else.

ODD: list[Any] = [
    None, True, -1, 0, 1 << 62, 0.5, float("nan"), float("inf"), "", "x", "\x1b[31m",
    "a" * 60_000,
    (), [], {}, [[]], {"$ref": (0, ())}, {"$ref": ()}, {"$input": 0}, {"$formula": "x"}, {"$formula": "x.a"},
    {"$type": "float64"}, {"$type": "O"}, np.zeros(3), np.zeros((2, 0)), np.float64(1), np.array([True]),
    np.zeros((1 << 33, 0)), np.array([np.nan]), {"a": {"b": [1]}},
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list | tuple)
        else ()
    )
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def changed(value: Any, path: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    if not path:
        return change(value)
    new = list(value) if isinstance(value, tuple) else copy.copy(value)
    new[path[0]] = changed(value[path[0]], path[1:], change)
    return tuple(new) if isinstance(value, tuple) else new


def mutation(rng: random.Random) -> Callable[[Any], Any]:
    """Another value, or the same one shorter, longer, with an item twice, or as another kind of list."""

    def mutate(value: Any) -> Any:
        if rng.random() < 0.5:
            return rng.choice(ODD)
        if isinstance(value, list | tuple) and value:
            return rng.choice([value[:-1], (*value, value[0]), list(value), tuple(value), value[::-1]])
        if isinstance(value, dict) and value:
            key = rng.choice(list(value))
            return rng.choice([{k: v for k, v in value.items() if k != key}, {**value, "more": value[key]}])
        if isinstance(value, np.ndarray):
            return rng.choice([value[..., None], value.astype(np.float32), value.ravel()[:1], value * np.nan])
        if isinstance(value, int | float):
            return rng.choice([-value, value + 1, value * 1000, float(value), str(value)])
        if isinstance(value, str):
            return rng.choice([value + "\n", value[:-1], value.upper(), f"__{value}__", [value]])
        return rng.choice(ODD)

    return mutate


def test_a_changed_field_ends_in_an_assignment_or_a_course_error(
    plain: dict[str, Any], tmp_path: Path
) -> None:
    rng = random.Random(1)
    plain["cases"] = rng.sample(plain["cases"], 6)
    known = rng.choice(list(plain["known"]))
    plain["known"] = {known: plain["known"][known]}
    where = list(places(plain))
    path = tmp_path / "a.cases"
    outcomes = {"read": 0, "refused": 0}
    for _ in range(MUTATIONS):
        at = rng.choice(where)
        try:
            written(path, changed(plain, at, mutation(rng)))
        except WireError:
            continue
        try:
            found = read_bundle(path)
        except CourseError as error:
            outcomes["refused"] += 1
            assert "download it again" in str(error) or "another version" in str(error)  # noqa: PT017
        else:
            outcomes["read"] += 1
            assert isinstance(found, PublicAssignment)
            assert found.known_answers is not None
            assert found.roots is not None
    assert min(outcomes.values()) > MUTATIONS // 20


@pytest.mark.parametrize("inside", [False, True], ids=["compressed", "decompressed"])
def test_changed_bytes_end_in_an_assignment_or_a_course_error(
    inside: bool, plain: dict[str, Any], tmp_path: Path
) -> None:
    rng = random.Random(2)
    plain["cases"] = plain["cases"][:4]
    raw = bytes(encode(plain))
    body = raw if inside else zlib.compress(raw, 9)
    path = tmp_path / "a.cases"
    for _ in range(MUTATIONS // 2):
        data = bytearray(body)
        for _ in range(rng.choice([1, 1, 2, 8])):
            data[rng.randrange(min(len(data), rng.choice([200, 4_000, len(data)])))] = rng.randrange(256)
        cut = data[: rng.randrange(len(data))] if rng.random() < 0.1 else data
        path.write_bytes(MAGIC + (zlib.compress(bytes(cut), 1) if inside else bytes(cut)))
        try:
            assert isinstance(read_bundle(path), PublicAssignment)
        except CourseError as error:
            assert "download it again" in str(error) or "another version" in str(error)  # noqa: PT017


def test_more_items_than_the_wire_has_are_refused(tmp_path: Path) -> None:
    refused(written(tmp_path / "a.cases", [None] * (MAX_ITEMS + 1)))
    path = tmp_path / "deep.cases"
    path.write_bytes(MAGIC + zlib.compress(b"l\1\0\0\0" * 100_000 + b"N"))
    assert "nested" in refused(path)
