"""A worker like ``grader grade``'s, in a hurry, that tells what each submission costs the grader itself."""

from __future__ import annotations

import resource
import struct
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.cli.worker import output_files
from grader.course import CourseAssignment
from grader.grading.class_worker import Grader, Job
from grader.grading.executors import Work
from grader.model import Case
from grader.sandbox import Limits

LIMITS = Limits(load=0.6, case=0.2, session=2.0, cpu=2)
QUESTIONS = (
    "affine_forward",
    "relu_forward",
    "relu_backward",
    "TwoLayerNet.init",
    "train",
    "shape_drill",
    "written_initialisation",
)
"""One of each kind, and one that builds on another: what the rest costs is better spent on more mutants."""
_RUNGS = 3
"""Sizes of a question's cases that are asked, for the same reason."""
COST = struct.Struct("<dq")
"""Seconds of the grader's own processor time; the most memory that this process ever had, in KiB."""


def prepare(job: dict[str, Any]) -> Work:
    """What does a task: read a submission, judge it, make its page, and measure all that."""
    state = Grader(Job(**job))
    state.sandbox.limits = LIMITS
    state.assignment = reduced(state.assignment)
    state.hidden = tuple(filter(_is_asked, state.hidden))
    _ = state.assignment.known_answers  # found once: nobody's time

    def work(task: Any, set_deadline: Callable[[float], None]) -> tuple[bytes, ...]:
        path, identity = task
        start = time.process_time()
        parts = output_files(state.report(Path(path), identity, set_deadline))
        cost = COST.pack(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return (*parts, cost)

    return work


def reduced(assignment: CourseAssignment) -> CourseAssignment:
    """An assignment with few of its questions, whose training is cut short."""
    kept = tuple(question for question in assignment.questions if question.name in QUESTIONS)
    questions = tuple(replace(q, needs=tuple(n for n in q.needs if n in QUESTIONS)) for q in kept)
    changed = replace(
        assignment,
        questions=questions,
        public=tuple(filter(_is_asked, assignment.public)),
        good_values={},  # and no reference run beside a student's
    )
    for question in questions:
        if question.kind == "experiment":
            question.seconds = 0.5  # type: ignore[attr-defined]
    return changed


def _is_asked(case: Case) -> bool:
    return case.question in QUESTIONS and case.rung < _RUNGS
