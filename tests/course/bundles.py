"""Bundles for tests: what a true one holds, to be changed and written again."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest

from grader.course import CourseError, read_bundle
from grader.sandbox.wire import decode, encode

MAGIC = b"gradient-grader cases\n"


def small(bundle: bytes) -> dict[str, Any]:
    """What a true bundle holds, with two cases of each question and two mistakes of each."""
    value: dict[str, Any] = decode(zlib.decompress(bundle[len(MAGIC) :]))
    seen: dict[str, int] = {}
    cases = []
    for case in value["cases"]:
        seen[case["question"]] = seen.get(case["question"], 0) + 1
        if seen[case["question"]] <= 2:
            cases.append(case)
    value["cases"] = cases
    for marks in value["known"].values():
        marks["mistakes"], marks["numbers"] = marks["mistakes"][:2], marks["numbers"][:2]
    return value


def written(path: Path, value: Any) -> Path:
    path.write_bytes(MAGIC + zlib.compress(bytes(encode(value)), 1))
    return path


def refused(path: Path, match: str = "damaged") -> str:
    with pytest.raises(CourseError, match=match) as caught:
        read_bundle(path)
    said = str(caught.value)
    assert said.isprintable()
    assert str(path) in said
    assert "download it again" in said or "update" in said
    return said
