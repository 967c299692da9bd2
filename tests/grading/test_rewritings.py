"""Right rewritings of whole answer sets, each unlike the others: full points and no note, on 20 hidden seeds.

What is right is right however it is written. Training is left out: it asks nothing of how an answer is
written that the other questions do not, and takes seconds. Where a rewriting does not get what is due, the
mistake is the grader's: it is mended there, and no rewriting is bent to please.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.grading import grade
from grader.intake import read_submission
from grader.messages import headline, say
from grader.model import Case, Report
from grader.sandbox import Sandbox
from tests.goldens import ASSIGNMENTS, COURSE, REWRITINGS, Golden, goldens, write

SEEDS = range(20)
QUICK = ("typed_verbose", "match_statements", "stage_dataclasses")
"""One of each assignment, on one seed, for the suite that is always run."""


@cache
def used(name: str) -> CourseAssignment:
    return load_assignment(COURSE, name)


@cache
def hidden_of(name: str, seeds: range) -> tuple[Case, ...]:
    """The hidden cases of all seeds, recorded once for all rewritings of an assignment."""
    record = used(name).record_hidden
    assert record is not None
    return tuple(case for seed in seeds for case in record(seed))


def judged(golden: Golden, sandbox: Sandbox, folder: Path, seeds: range) -> Report:
    """The report on every code question of a rewriting."""
    assignment = used(golden.assignment)
    return grade(
        read_submission(write(golden, folder), assignment.roots),
        assignment,
        sandbox,
        hidden=hidden_of(golden.assignment, seeds),
        only=[question.name for question in assignment.questions if question.kind == "code"],
    )


def faults(report: Report) -> list[str]:
    """What is not as it is due: points that are lacking, a note, an answer that is taken for measured."""
    found = [f"note: {say(note)}" for note in (*report.notes, *([report.problem] if report.problem else []))]
    for question in report.questions:
        if question.status != "passed" or question.score != question.max_score:
            found.append(f"{question.name}: {question.status}, {question.score:g}: {headline(question)}")
        found += [f"{question.name}: {o.check}" for o in question.outcomes if o.check == "own_work"]
    return found


def each(names: Iterable[Golden]) -> list[Any]:
    """Parameters, those of one assignment after the other."""
    return [
        pytest.param(golden, id=golden.name)
        for golden in sorted(names, key=lambda golden: ASSIGNMENTS.index(golden.assignment))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("golden", each(goldens(REWRITINGS)))
def test_what_is_right_gets_full_points_and_no_note(golden: Golden, sandbox: Sandbox, tmp_path: Path) -> None:
    report = judged(golden, sandbox, tmp_path, SEEDS)
    assert faults(report) == []
    assert report.score == report.max_score > 0


@pytest.mark.parametrize("golden", each(golden for golden in goldens(REWRITINGS) if golden.name in QUICK))
def test_one_of_each_assignment_on_one_seed(golden: Golden, sandbox: Sandbox, tmp_path: Path) -> None:
    assert faults(judged(golden, sandbox, tmp_path, range(1))) == []


def test_there_are_enough() -> None:
    found = goldens(REWRITINGS)
    assert len(found) >= 30
    assert {golden.assignment for golden in found} == set(ASSIGNMENTS)
    assert set(QUICK) <= {golden.name for golden in found}
    folders = {path.name for path in REWRITINGS.iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders == {golden.name for golden in found}
