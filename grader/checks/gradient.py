"""The backward pass against the submission's own forward pass, numerically: no answer is needed for this.

As a rule points are decided by ``values``. This tells a wrong derivative from the right derivative of a wrong
forward pass, and is what a student can trust on a laptop. It decides where no key can: a net with dropout
draws masks of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from grader import gradients
from grader.checks.common import no_value, outcome
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import float_input, kept
from grader.gradients import ArrayReport, Explanation, GradientReport, NoValueError, Where
from grader.model import Case, CaseResult, Check, Finding, Outcome, OutcomeStatus, Ref
from grader.model.fields import line, record, row
from grader.model.findings import finding, tellable

_STATUS: dict[str, OutcomeStatus] = {
    "pass": "passed",
    "fail": "failed",
    "kink": "kink",
    "inconclusive": "inconclusive",
}
_LINES_SHOWN = 8
"""A finding lists at most so many rows, and so many columns."""
_ELEMENTS_SHOWN = 5


@finding("derivative", when_hidden=True)
class WrongDerivative(Finding):
    """A gradient is not the derivative of one's own forward pass."""

    part: str = tellable(default="")
    mistake: str = ""
    """The kind of a ``gradients.Explanation``, which says what the fields mean; empty where none is known."""
    nearby: bool = False
    factor: float = 1.0
    """Actual by expected."""
    array: str = ""
    """The array that has an axis whose length is the factor, or one by it."""
    axis: int = 0
    length: int = 0
    input: str = ""
    coefficient: float = 0.0
    """Of the missing term; negative where it is there and should not be."""
    scalar: str = ""
    multiple: float = 0.0
    offset: float = 0.0
    actual: float = 0.0
    expected: float = 0.0
    dtype: str = ""
    shape: str = ""
    """Shapes as ``(3, 4)``; ``()`` is one number."""
    expected_shape: str = ""
    rows: str = ""
    """Where only some are wrong: indices, as ``0, 3``; at most eight."""
    row_count: int = 0
    columns: str = ""
    column_count: int = 0
    elements: str = ""
    """Indices, as ``[0, 1], [2, 2]``; at most five."""
    element_count: int = 0


@finding("kink")
class OnKink(Finding):
    """A gradient was measured on a kink, where a convention decides; it is not wrong."""

    part: str = tellable(default="")
    convention: Literal["", "x > 0", "x >= 0", "between"] = ""
    """The slope that was taken; empty where no entry shows it."""
    kinked: int = 0
    """Of the ``examined`` entries so many are on a kink."""
    examined: int = 0


@finding("inconclusive", vague=True)
class Inconclusive(Finding):
    """A gradient could not be measured well enough to be judged."""

    part: str = tellable(default="")
    cause: Literal["rounding", "no_values", "isolated"] = "rounding"
    """The kind of the ``gradients.Explanation``."""
    resolution: float = 0.0
    """The smallest relative error that would have been seen."""


@finding("unmeasured", vague=True)
class NotMeasured(Finding):
    """A gradient could not be measured at all, since a function gives no numbers."""

    part: str = tellable(default="")
    reason: Literal["not_finite", "not_array", "no_gradient"] = "not_array"
    """What forward gives is not finite, or no array of ``shape``; or backward gives nothing for ``array``."""
    shape: str = "()"
    array: str = ""


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
    inputs: dict[str, tuple[int, Ref]] = {}
    for part, (source, ref) in check.outputs.items():
        missing = no_value(check, case, result, part, ref) or no_value(check, case, result, part, of)
        if missing is not None:
            outcomes[part] = missing
        else:
            inputs[part] = (source.index, ref)
    if inputs:
        weight = None if dout is None else case.inputs[dout.index]
        due = "()" if weight is None else str(np.shape(weight))
        names = {"dout": "dout" if dout is None else case.input_names[dout.index]}
        names |= {part: case.input_names[index] for part, (index, _) in inputs.items()}
        try:
            report = _examine(case, of, weight, inputs, evaluate)
        except NoValueError as error:
            for part in inputs:
                reason = NotMeasured(part, error.problem, due, error.input)
                outcomes[part] = outcome(check, case, part, "skipped", reason)
        else:
            for part in inputs:
                outcomes[part] = _outcome(check, case, part, report, names)
    return [replace(outcomes[part], scored=bool(scores), part=scores or part) for part in check.outputs]


def _examine(
    case: Case, of: Ref, dout: Any, inputs: Mapping[str, tuple[int, Ref]], evaluate: Evaluate
) -> GradientReport:
    """The engine's report; a part's gradient is that of Σ of·dout by its input.

    ``dout`` has the shape of ``of``, or is None where that is a number. Raises NoValueError.
    """
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


def _require_arrays(answers: Sequence[Mapping[str, Any]]) -> None:
    for answer in answers:
        for part, value in answer.items():
            if not isinstance(value, np.ndarray | float | int | np.generic):
                raise NoValueError(
                    f"backward gives no array for {part} at a nearby point", "no_gradient", part
                )


def _outcome(
    check: Check, case: Case, part: str, report: GradientReport, names: Mapping[str, str]
) -> Outcome:
    array = report.arrays[part]
    measurements = {
        "relative_error": array.relative_error,
        "resolution": array.resolution,
        "evaluations": report.evaluations,
    }
    findings = _findings(part, array, names)
    return outcome(check, case, part, _STATUS[array.status], *findings, measurements=measurements)


def _findings(part: str, array: ArrayReport, names: Mapping[str, str]) -> list[Finding]:
    """What is told of a gradient that did not pass; ``names``: the engine's names of arrays → the case's."""
    why = array.explanation
    if array.status == "fail":
        return [_wrong_derivative(part, why, array.where or Where(), names)]
    if array.status == "kink":
        return [OnKink(part, why.convention, why.kinked, why.examined) if why is not None else OnKink(part)]
    if array.status == "inconclusive":
        cause = why.kind if why is not None and why.kind in ("no_values", "isolated") else "rounding"
        return [Inconclusive(part, cause, array.resolution)]
    return []


def _wrong_derivative(
    part: str, why: Explanation | None, where: Where, names: Mapping[str, str]
) -> WrongDerivative:
    elements = [f"[{', '.join(map(str, element))}]" for element in where.elements]
    places = WrongDerivative(
        part,
        rows=", ".join(map(str, where.rows[:_LINES_SHOWN])),
        row_count=len(where.rows),
        columns=", ".join(map(str, where.columns[:_LINES_SHOWN])),
        column_count=len(where.columns),
        elements=", ".join(elements[:_ELEMENTS_SHOWN]),
        element_count=len(elements),
    )
    if why is None:
        return places
    return replace(
        places,
        mistake=why.kind,
        nearby=why.nearby,
        factor=why.factor,
        array=names.get(why.array, why.array),
        axis=why.axis,
        length=why.length,
        input=names.get(why.input, why.input),
        coefficient=why.coefficient,
        scalar=names.get(why.scalar, why.scalar),
        multiple=why.multiple,
        offset=why.offset,
        actual=why.actual,
        expected=why.expected,
        dtype=why.dtype,
        shape=str(why.shape) if why.kind == "shape" else "",
        expected_shape=str(why.expected_shape) if why.kind == "shape" else "",
    )


def form(check: Check, where: str, case: Case) -> None:
    """Pairs of an input and its derivative, the output that is derived, and what it is weighted with."""
    options = record(check.options, f"{where}.options", ("of", "dout", "scores"))
    line(options["scores"], f"{where}.options.scores")
    kept(options["of"], f"{where}.options.of", case)
    if options["dout"] is not None:
        float_input(options["dout"], f"{where}.options.dout", case)
    for part, value in check.outputs.items():
        source, ref = row(value, f"{where}.outputs[{part!r:.40}]", 2)
        float_input(source, f"{where}.outputs[{part!r:.40}]", case)
        kept(ref, f"{where}.outputs[{part!r:.40}]", case)


def decides(check: Check) -> bool:
    """Whether points hang on it: as a rule ``values`` decides."""
    return bool(check.options["scores"])


def require(check: Check, case: Case) -> None:
    """Raise ValueError where points hang on the derivatives of a loss, and no other check judges the loss."""
    refs = [ref for one in case.checks for ref in (*one.outputs.values(), one.options.get("of"))]
    if decides(check) and sum(ref == check.options["of"] for ref in refs) < 2:
        raise ValueError(
            "points hang on the derivatives of a loss that no other check judges. Add one for its value, "
            "such as `values` or `masked_net`."
        )


KIND = CheckKind(
    "gradient",
    judge,
    form,
    decides_points=decides,
    passes_without_an_answer=True,
    tells_answers_apart=False,
    second_opinion=True,
    derivatives=True,
    subject=lambda pair, outcome: pair[-1] if isinstance(pair, tuple) else pair,
    require=require,
)
