"""The grader's own memory is flat: the last of a class cost no more than those before them.

``make slow`` grades 70 copies of each assignment, each with all its training: six minutes on two cores.
``make memory`` sets ``GRADER_CLASS_SIZE`` to 200: it takes three times as long, and sees a leak a fifth as
large. A class has one worker, so that all of it goes through one process; two classes are graded at a time.
"""

from __future__ import annotations

import os
import sys

import pytest

from benchmarks.classes import ASSIGNMENTS, EDGE, ROLES, WARM_UP, Figures, measure, table

CLASS_SIZE = int(os.environ.get("GRADER_CLASS_SIZE", "70"))
MOST_GROWTH = 1.1
"""Between submissions 20 to 40 and the last twenty; without a leak it is 1.02 at most.

Of a worker of 230 MB that is 0.8 MB a submission in a class of 70, and 0.15 MB in one of 200.
"""
MOST_MB = 500.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sizes are read from /proc")


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ASSIGNMENTS]
)
def figures(request: pytest.FixtureRequest) -> Figures:
    return measure(request.param, CLASS_SIZE, workers=1)


def test_every_experiment_was_run(figures: Figures) -> None:
    assert figures.full_marks == figures.graded == figures.count


def test_the_two_groups_that_are_compared_lie_apart(figures: Figures) -> None:
    assert figures.count >= WARM_UP + 2 * EDGE


@pytest.mark.parametrize("role", ROLES)
def test_memory_is_flat(figures: Figures, role: str) -> None:
    assert 0 < figures.peak(role, last=True) <= MOST_GROWTH * figures.peak(role, last=False), table(figures)


def test_no_process_is_large(figures: Figures) -> None:
    assert figures.largest.peak < MOST_MB, table(figures)
