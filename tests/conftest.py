"""Fixtures that many rooms' tests share: the assignment, recorded once, and one sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.course.release import notebook
from grader.sandbox import Limits, Sandbox

COURSE = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def course() -> Path:
    return COURSE


@pytest.fixture(scope="session")
def assignment() -> CourseAssignment:
    return load_assignment(COURSE, "two_layer_net")


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(load=2.0, case=3.0)) as shared:
        yield shared


@pytest.fixture(scope="session")
def filled() -> str:
    """The notebook with the reference's answers in place."""
    return notebook(COURSE, "two_layer_net", "filled")


@pytest.fixture(scope="session")
def released() -> str:
    """The notebook as students get it."""
    return notebook(COURSE, "two_layer_net")
