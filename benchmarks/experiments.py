"""Are the training experiments calibrated? Starting values must earn little, good ones nearly all.

Over 20 seeds, with the reference's own code. Also printed: how far apart the two are, in units of the spread
between seeds, and the processor time of a run on one thread.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the sandbox's children; read when NumPy is loaded

import ast
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from grader.course import CourseAssignment, Experiment, assignments, load_assignment
from grader.grading.experiment import share
from grader.grading.reference_run import run_reference
from grader.source import assigned_literal

COURSE = Path(__file__).resolve().parent.parent
SEEDS = range(20)


def main() -> None:
    for name in assignments(COURSE):
        assignment = load_assignment(COURSE, name)
        print(f"{assignment.title} ({name}), {len(SEEDS)} seeds")
        total = sum(_print(assignment, q) for q in assignment.questions if isinstance(q, Experiment))
        print(f"  all of them, with good values: {total:.1f} s of processor time\n")


def _print(assignment: CourseAssignment, question: Experiment) -> float:
    """Print one experiment's table; seconds of processor time of a run with good values."""
    print(f"  {question.name}: {question.starting:g} earns nothing, {question.good:g} all")
    released = [ast.parse(assignment.stubs[question.name])]
    starting = _as_used(assigned_literal(released, question.literal), question)
    low, _ = _table("starting values", assignment, question, starting)
    high, cpu = _table("good values", assignment, question, assignment.good_values[question.name])
    spread = max(statistics.stdev(low), statistics.stdev(high))
    effect = statistics.mean(high) - statistics.mean(low)
    times = (
        f"{effect / spread:.0f} times the spread between seeds ({spread:.3f})" if spread else "without spread"
    )
    print(f"    the effect is {effect:.3f}, {times}")
    return cpu


def _as_used(values: Mapping[str, Any], question: Experiment) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in question.limits}


def _table(
    title: str, assignment: CourseAssignment, question: Experiment, values: Mapping[str, Any]
) -> tuple[list[float], float]:
    """Mean accuracies by seed, and the processor time of one run; the row is printed."""
    accuracies, shares = [], []
    start = time.process_time()
    for seed in SEEDS:
        with np.errstate(all="ignore"):
            found, _ = run_reference(question, assignment, values, seed)
        reached = list(found.values())
        accuracies.append(statistics.mean(reached))
        shares.append(100 * statistics.mean(share(question, accuracy) for accuracy in reached))
    cpu = (time.process_time() - start) / len(SEEDS)
    print(
        f"    {title:16} accuracy {statistics.mean(accuracies):.3f} ± {statistics.stdev(accuracies):.3f} "
        f"({min(accuracies):.3f} to {max(accuracies):.3f}), "
        f"points {min(shares):.0f} % to {max(shares):.0f} %, {cpu:.2f} s CPU"
    )
    return accuracies, cpu


if __name__ == "__main__":
    main()
