"""The backward pass against the submission's own forward pass, numerically: no answer is needed for this.

As a rule points are decided by ``values``. This tells a wrong derivative from the right derivative of a wrong
forward pass, and is what a student can trust on a laptop. It decides where no key can: a net with dropout
draws masks of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from grader import gradients
from grader.checks.common import Evaluate, no_value, outcome
from grader.checks.compare import describe, real_array
from grader.gradients import ArrayReport, GradientReport, NoValueError
from grader.model import Case, CaseResult, Check, Finding, Outcome, OutcomeStatus, Ref

_STATUS: dict[str, OutcomeStatus] = {
    "pass": "passed",
    "fail": "failed",
    "kink": "kink",
    "inconclusive": "inconclusive",
}


def gradient(of: Any, dout: Any = None, **pairs: Any) -> Check:
    """``part=(x, dx)``: dx is the derivative of Σ of·dout with respect to the input x."""
    return Check("gradient", pairs, {"of": of, "dout": dout, "scores": ""})


def own_gradient(part: str, of: Any, **pairs: Any) -> Check:
    """``name=(x, dx)``: each dx is the derivative of the number ``of`` by x; all of them decide ``part``."""
    return Check("gradient", pairs, {"of": of, "dout": None, "scores": part})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a derivative. What is not scored is not measured again on hidden cases."""
    scores = check.options["scores"]
    if case.hidden and not scores:
        return []
    of, dout = check.options["of"], check.options["dout"]
    outcomes: dict[str, Outcome] = {}
    inputs: dict[str, Any] = {}
    for part, (source, ref) in check.outputs.items():
        missing = no_value(check, case, result, part, ref) or no_value(check, case, result, part, of)
        if missing is not None:
            outcomes[part] = missing
        else:
            inputs[part] = (source.index, ref)
    if inputs:
        try:
            report = _examine(case, of, None if dout is None else case.inputs[dout.index], inputs, evaluate)
        except NoValueError as error:
            message = f"The gradient could not be measured: {error}."
            for part in inputs:
                outcomes[part] = outcome(check, case, part, "skipped", message)
        else:
            for part in inputs:
                outcomes[part] = _outcome(check, case, part, report)
    return [replace(outcomes[part], scored=bool(scores), part=scores or part) for part in check.outputs]


def _examine(
    case: Case, of: Ref, dout: Any, inputs: dict[str, tuple[int, Ref]], evaluate: Evaluate
) -> GradientReport:
    start = {part: case.inputs[index] for part, (index, _) in inputs.items()}
    stages = gradients.examine(start, dout, seed=case.seed)
    answers: list[Any] | None = None
    with np.errstate(all="ignore"):
        while True:
            try:
                request = stages.send(answers) if answers is not None else next(stages)
            except StopIteration as done:
                report: GradientReport = done.value
                return report
            points = [{inputs[part][0]: value for part, value in point.items()} for point in request.points]
            if request.kind == "forward":
                answers = [real_array(answer) for answer in evaluate(case, of, points)]
                continue
            columns = {part: evaluate(case, ref, points) for part, (_, ref) in inputs.items()}
            answers = [{part: columns[part][i] for part in columns} for i in range(len(points))]
            _require_arrays(answers)


def _require_arrays(answers: list[Any]) -> None:
    for answer in answers:
        for part, value in answer.items():
            if not isinstance(value, np.ndarray | float | int | np.generic):
                raise NoValueError(f"backward gives {describe(value)} for {part} at a nearby point")


def _outcome(check: Check, case: Case, part: str, report: GradientReport) -> Outcome:
    array = report.arrays[part]
    measured = {
        "relative_error": array.relative_error,
        "resolution": array.resolution,
        "evaluations": report.evaluations,
    }
    findings: tuple[Finding, ...] = ()
    if array.status == "pass":
        message = f"{part} is the derivative of your own forward pass."
    elif array.status == "fail":
        why = f": {array.finding}" if array.finding else ""
        message = f"{part} is not the derivative of your own forward pass{why}."
        findings = (Finding("derivative", message, _data(array)),)
    elif array.status == "kink":
        why = f" ({array.finding})" if array.finding else ""
        message = f"{part} was measured on a kink, where a convention decides{why}: this is not a mistake."
    else:
        message = (
            f"{part} could not be measured well enough here: an error below "
            f"{array.resolution:.1g} would not have been seen."
        )
    return outcome(
        check, case, part, _STATUS[array.status], message, findings=findings, measurements=measured
    )


def _data(array: ArrayReport) -> dict[str, Any]:
    """The mistake and its places, for programs and for the page's heat map."""
    data: dict[str, Any] = {} if array.mistake is None else {"mistake": array.mistake}
    if array.where is not None:
        data |= {
            "rows": list(array.where.rows),
            "columns": list(array.where.columns),
            "elements": [list(element) for element in array.where.elements],
            "heat": [list(row) for row in array.where.heat],
        }
    return data
