"""Time that this process was stopped is nobody's delay."""

from __future__ import annotations

from grader.sandbox.deadline import SLICE, Deadline


class Clock:
    """A clock that stands still until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_time_passes() -> None:
    clock = Clock()
    deadline = Deadline(1.0, clock)
    clock.now += 0.4
    assert round(deadline.left(), 9) == 0.6
    clock.now += 0.7
    assert round(deadline.left(), 9) == -0.1
    assert round(deadline.spent, 9) == 1.1
    assert not deadline.paused


def test_a_jump_counts_as_one_look() -> None:
    clock = Clock()
    deadline = Deadline(1.0, clock)
    clock.now += 3_600.0
    assert deadline.left() == 1.0 - SLICE
    assert deadline.paused
    assert deadline.spent == SLICE


def test_small_delays_of_a_busy_machine_count() -> None:
    clock = Clock()
    deadline = Deadline(2.0, clock)
    for _ in range(3):
        clock.now += 0.9
        deadline.left()
    assert deadline.left() < 0
    assert not deadline.paused
