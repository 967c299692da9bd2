"""Whole submissions, mutated: no exception of ours, no lost row, nobody stalls, the right one stays right.

Five hundred of the twenty thousand that ``make fuzz-submissions`` runs.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.cli.worker import output_files
from grader.course import CourseAssignment
from grader.grading.class_worker import fault_report
from grader.model import SandboxInfo, Submission
from tests.fuzz import checking
from tests.fuzz.fragments import TAG
from tests.fuzz.mutants import load, mutant
from tests.fuzz.run import fuzz
from tests.fuzz.worker import COST
from tests.goldens import COURSE

COUNT, SEED = 60, 500


def test_mutants_leave_the_grader_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.fspath(COURSE))  # the worker is a module of the tests'

    summary = fuzz(COUNT, SEED, workers=2, save=tmp_path)

    assert not summary.failures, "\n".join(summary.failures)
    assert summary.mutants == COUNT
    assert summary.graded > COUNT // 2


def test_a_number_is_always_the_same_mutant() -> None:
    assert [mutant(SEED, index) for index in range(20)] == [mutant(SEED, index) for index in range(20)]


def test_a_mutant_that_was_kept_is_replayed_as_it_was() -> None:
    kept = mutant(SEED, 1)

    assert load(kept.dump()) == kept


@pytest.fixture(scope="module")
def faulty(assignment: CourseAssignment) -> tuple[bytes, ...]:
    """What a worker hands over of a submission that made the grader fail."""
    return output_files(
        fault_report(assignment, Submission("ann", ""), SandboxInfo("sealed"), "KeyError: 'x'")
    )


def test_a_fault_of_the_graders_own_is_seen(faulty: tuple[bytes, ...]) -> None:
    problems = checking.wrong("ann", (*faulty, COST.pack(0.1, 1)))

    assert any("KeyError" in problem for problem in problems)


def test_a_stall_is_seen(faulty: tuple[bytes, ...]) -> None:
    problems = checking.wrong("ann", (*faulty, COST.pack(checking.OWN_SECONDS + 0.1, 1)))

    assert any("of the grader's own time" in problem for problem in problems)


def test_a_report_of_somebody_else_is_seen(faulty: tuple[bytes, ...]) -> None:
    problems = checking.wrong("bob", (*faulty, COST.pack(0.1, 1)))

    assert "its report is of 'ann'" in problems


def test_a_worker_that_died_is_seen() -> None:
    assert checking.wrong("ann", None)


def test_an_element_of_a_students_own_is_seen(faulty: tuple[bytes, ...]) -> None:
    page = faulty[1].replace(b"</body>", TAG.encode() + b"</body>")

    assert checking.of_page(page) == ["an element of its own stands in its page"]


def test_an_answer_that_nobody_graded_is_seen() -> None:
    assert checking.lost_rows([b"ann.py", b"bob.zip", b".hidden.py"], [Path("ann.py")]) == [b"bob.zip"]
