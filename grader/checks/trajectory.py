"""A free run of an update rule, beside the reference's: drawn on the page, never scored.

What counts is each step by itself; see ``steps``. A run shows what a rule *does*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.checks.common import no_value, outcome
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate, never
from grader.checks.reading import each, kept, series
from grader.model import Case, CaseResult, Check, Outcome
from grader.model.fields import number, record, row

_FAR = 1e6
"""Further away than this a run has left the picture for good."""


def trajectory(quadratic: Sequence[float], start: Sequence[float], **outputs: Sequence[Any]) -> Check:
    """Each output is the points (2,) of a run from ``start`` on ½ (a x² + b y²), ``quadratic`` = (a, b)."""
    options = {"quadratic": tuple(map(float, quadratic)), "start": tuple(map(float, start))}
    return Check("trajectory", {part: tuple(refs) for part, refs in outputs.items()}, options)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a run: its points as measurements, as far as they go."""
    if case.hidden:
        return []
    outcomes = []
    start = list(check.options["start"])
    for part, refs in check.outputs.items():
        missing = no_value(check, case, result, part, refs[0])
        if missing is not None:
            outcomes.append(replace(missing, scored=False))
            continue
        measured = {
            "quadratic": list(check.options["quadratic"]),
            "yours": [start, *_points(result.value(case, ref) for ref in refs)],
            "reference": [start, *_points(case.expected(ref) for ref in refs)],
        }
        outcomes.append(outcome(check, case, part, "passed", measurements=measured, scored=False))
    return outcomes


def _points(values: Any) -> list[list[float]]:
    points: list[list[float]] = []
    for value in values:
        array = real_array(value)
        if array is None or array.shape != (2,) or not np.all(np.abs(array) < _FAR):  # NaN is not
            break
        points.append([float(f"{x:.5g}") for x in array])
    return points


def form(check: Check, where: str, case: Case) -> None:
    """Points, several in a row; the landscape, and where they start."""
    options = record(check.options, f"{where}.options", ("quadratic", "start"))
    for option in ("quadratic", "start"):
        for value in row(options[option], f"{where}.options.{option}", 2):
            number(-1e6, 1e6)(value, f"{where}.options.{option}")
    each(series(kept), check, where, case)


KIND = CheckKind(
    "trajectory",
    judge,
    form,
    decides_points=never,
    tells_answers_apart=False,
    drawn=True,
)
