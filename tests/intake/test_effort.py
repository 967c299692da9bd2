"""Reading one submission has a budget of processor time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from grader.intake import read_submission
from grader.intake import submission as submission_module
from grader.intake.effort import Effort
from grader.intake.errors import UnreadableError
from grader.model.reasons import Unreadable
from tests.intake.archives import CODE, put, tarred, zipped


def clock(step: float) -> Callable[[], float]:
    """A clock that goes on by ``step`` seconds each time it is looked at."""
    ticks = iter(range(1_000_000))
    return lambda: next(ticks) * step


def test_the_budget_starts_with_the_first_item() -> None:
    effort = Effort(10, clock(6.0))
    items = effort.pace("abc")
    assert next(items) == "a"
    assert next(items) == "b"
    with pytest.raises(UnreadableError, match="more than 10 s of processor time: "):
        next(items)


@pytest.mark.parametrize("step", [2.0, 0.9, 0.6, 0.4])
def test_a_submission_that_takes_too_long_is_a_problem(
    tmp_path: Path, step: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submission_module, "Effort", partial(Effort, 10.0, clock(step)))
    for number in range(15):
        put(tmp_path / f"x{number}.py", CODE)
    submission = read_submission(tmp_path, ("f",))
    assert isinstance(submission.problem, Unreadable)
    assert submission.problem.reason.startswith("reading it took more than 10 s of processor time: ")
    assert not submission.cells
    assert not submission.modules


def test_archives_in_a_folder_share_the_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission_module, "Effort", partial(Effort, 10.0, clock(1.0)))
    for number in range(8):
        put(tmp_path / f"{number}.zip", zipped({"x.py": CODE, "y.py": CODE}))
    problem = read_submission(tmp_path, ("f",)).problem
    assert isinstance(problem, Unreadable)
    assert "more than 10 s" in problem.reason


def test_an_ordinary_submission_is_far_from_it(tmp_path: Path) -> None:
    for number in range(100):
        put(tmp_path / f"x{number}.py", CODE)
    assert read_submission(tmp_path, ("f",)).problem is None
    assert read_submission(put(tmp_path / "a.tar", tarred({"x.py": CODE})), ("f",)).problem is None
