"""The grader's own memory is flat: the last of a class cost no more than the first."""

from __future__ import annotations

import sys

import pytest

from benchmarks.classes import ROLES, Figures, measure, table

COPIES = {"two_layer_net": 200, "fully_connected_nets": 200, "deep_nets": 200}
"""Each trains for seconds: all of them take a quarter of an hour on two cores."""
MOST_GROWTH = 1.2
MOST_MB = 500.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sizes are read from /proc")


@pytest.fixture(scope="module", params=COPIES)
def figures(request: pytest.FixtureRequest) -> Figures:
    return measure(request.param, COPIES[request.param])


def test_every_experiment_was_run(figures: Figures) -> None:
    assert figures.full_marks == figures.graded == figures.count


@pytest.mark.parametrize("role", ROLES)
def test_memory_is_flat(figures: Figures, role: str) -> None:
    assert 0 < figures.peak(role, last=True) <= MOST_GROWTH * figures.peak(role, last=False), table(figures)


def test_no_process_is_large(figures: Figures) -> None:
    assert figures.largest.peak < MOST_MB, table(figures)
