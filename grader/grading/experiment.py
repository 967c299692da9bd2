"""Experiments: the student's own model is trained in the sandbox, and only its parameters are believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.course import Assignment, Experiment, Question
from grader.course.recorder import record
from grader.grading import histories
from grader.grading.chosen import said
from grader.model import Check, Finding, Load, Outcome, OutcomeStatus, Plot, Ref
from grader.sandbox import Budget, Limits, Sandbox
from grader.sandbox.replay import restore_default_rng, seed
from grader.toolkit import Solver

_MAX_PARAMETERS = 8 << 20
"""Bytes of parameters that are scored at all: far wider layers than chosen would cost the grader's memory."""
_STATUS: dict[str, OutcomeStatus] = {"timeout": "timeout", "crashed": "crashed"}
_SEED = 20


def budget(questions: Iterable[Question]) -> Budget:
    """The time that all experiments of a submission share: three times what they may train for."""
    named = {question.name: question.seconds for question in questions if isinstance(question, Experiment)}
    return Budget(3 * sum(named.values()), named)


def train(
    question: Experiment,
    assignment: Assignment,
    load: Load,
    chosen: Mapping[str, Any],
    sandbox: Sandbox,
    budget: Budget | None = None,
) -> tuple[Outcome, tuple[Plot, ...]]:
    """Train with the chosen values in a child of its own; score the parameters that come back."""
    assert question.run is not None
    assert question.data is not None
    data = question.data()
    run = question.run
    outputs: dict[tuple[str, str], Any] = {}

    def author(impl: Any) -> list[Check]:
        for name, values in run(impl, data, dict(chosen)).items():
            outputs.update({(name, what): value for what, value in values.items()})
        return [Check("training", {f"{name}/{what}": value for (name, what), value in outputs.items()})]

    case = record(
        None, author, question=question.name, label="training", rung=0, hidden=False, seed=_SEED,
        deadline=2 * question.seconds, watch=False,
    )  # fmt: skip
    limits = Limits(cpu=max(1, round(question.seconds)), session=2 * question.seconds)
    with sandbox.open(load, limits, budget, question.name) as session:
        (result,) = session.run([case])
    failure = next((f for f in result.failures.values() if f.kind != "skipped"), None)
    if failure is not None:
        where = f" ({failure.place.cell}, line {failure.place.line})" if failure.place else ""
        why = f"{failure.error}: {failure.message}" if failure.error else failure.message
        return said(_STATUS.get(failure.kind, "error"), f"Training stopped: {why}{where}", failure.kind), ()
    refs: dict[str, Ref] = case.checks[0].outputs
    runs: dict[str, dict[str, Any]] = {}
    for name, what in outputs:
        runs.setdefault(name, {})[what] = result.value(case, refs[f"{name}/{what}"])
    return _judged(question, assignment, runs, data)


def _judged(
    question: Experiment, assignment: Assignment, runs: dict[str, dict[str, Any]], data: dict[str, Any]
) -> tuple[Outcome, tuple[Plot, ...]]:
    problem = next((why for run in runs.values() if (why := _unusable(run))), None)
    if problem is None:
        try:
            accuracies = {
                name: _accuracy(question, assignment, run, data, question.scored_on)
                for name, run in runs.items()
            }
            reached = {name: _accuracy(question, assignment, run, data, "val") for name, run in runs.items()}
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            kind = type(error).__name__
            problem = said(
                "failed", f"The trained parameters do not make a net of the right shapes ({kind}).", "shape"
            )
    if problem is not None:
        return problem, _plots(question, assignment, runs, data)
    believable = {name: run for name, run in runs.items() if histories.explained(run, reached[name])}
    outcome = _verdict(question, accuracies)
    if len(believable) < len(runs):
        note = "A history that came back is not that of its parameters, and is not drawn."
        findings = (*outcome.findings, Finding("history", note))
        outcome = replace(outcome, message=f"{outcome.message} {note}", findings=findings)
    return outcome, _plots(question, assignment, believable, data)


def _accuracy(
    question: Experiment, assignment: Assignment, run: Mapping[str, Any], data: Mapping[str, Any], part: str
) -> float:
    assert question.accuracy is not None
    with np.errstate(all="ignore"):
        return question.accuracy(assignment.reference, run, data[f"X_{part}"], data[f"y_{part}"])


def _unusable(run: Mapping[str, Any]) -> Outcome | None:
    params = run["params"]
    if not isinstance(params, dict) or not params or not all(map(_usable, params.values())):
        return said("failed", "Training left parameters that are not finite arrays of numbers.", "not_finite")
    if sum(array.nbytes for array in params.values()) > _MAX_PARAMETERS:
        return said("failed", "Training left more parameters than the net should have.", "shape")
    return None


def _usable(array: Any) -> bool:
    return isinstance(array, np.ndarray) and array.dtype.kind == "f" and bool(np.all(np.isfinite(array)))


def share(question: Experiment, accuracy: float) -> float:
    """The share of the points that an accuracy earns: a straight line from ``starting`` to ``good``."""
    return min(1.0, max(0.0, (accuracy - question.starting) / (question.good - question.starting)))


def _verdict(question: Experiment, accuracies: Mapping[str, float]) -> Outcome:
    earned = float(np.mean([share(question, accuracy) for accuracy in accuracies.values()]))
    unseen = question.scored_on == "test"
    on = "On images that it had not seen" if unseen else "On the images that it was trained on"
    if len(accuracies) == 1:
        (accuracy,) = accuracies.values()
        told = f"your net is right in {100 * accuracy:.1f} % of cases"
    else:
        on = on.replace(" it ", " they ").replace("was", "were")
        each = ", ".join(f"{100 * accuracy:.1f} % with `{name}`" for name, accuracy in accuracies.items())
        told = f"your nets are right in {each}"
    message = (
        f"{on}, {told}; {100 * question.starting:g} % and less earns nothing, "
        f"{100 * question.good:g} % and more everything."
    )
    status: OutcomeStatus = "passed" if earned >= 1 else "failed"
    measured: dict[str, Any] = {
        "accuracy": float(np.mean(list(accuracies.values()))), "share": earned,
        "starting": question.starting, "good": question.good,
    }  # fmt: skip
    if len(accuracies) > 1:
        measured |= {"accuracies": dict(accuracies)}
    findings = () if earned >= 1 else (Finding("accuracy", message),)
    return Outcome(
        "training", status, False, message, part="accuracy", case="training", findings=findings,
        measurements=measured,
    )  # fmt: skip


def _plots(
    question: Experiment, assignment: Assignment, runs: Mapping[str, Mapping[str, Any]], data: dict[str, Any]
) -> tuple[Plot, ...]:
    given = question.beside(data) if question.beside is not None else {}
    return histories.plots(runs, reference_runs(question, assignment, data), given) if runs else ()


def reference_runs(
    question: Experiment, assignment: Assignment, data: dict[str, Any]
) -> Mapping[str, Mapping[str, Any]]:
    """The same experiment with the reference and good values: run once for a whole class."""
    known = assignment.reference_runs
    if question.name not in known:
        values = assignment.good_values.get(question.name)
        runs = {} if values is None else run_reference(question, assignment, values, data, _SEED)
        known[question.name] = runs
    return known[question.name]


def run_reference(
    question: Experiment, assignment: Assignment, values: Mapping[str, Any], data: dict[str, Any], start: int
) -> dict[str, dict[str, Any]]:
    """Train with the reference, here and now; ``start`` seeds it."""
    assert question.run is not None
    functions = dict(assignment.reference or {})

    def solver(model: Any, data: Mapping[str, Any], *, update_rule: Any = "sgd", **options: Any) -> Solver:
        return Solver(model, data, update_rule=functions.get(update_rule, update_rule), **options)

    seed(start)
    try:
        with np.errstate(all="ignore"):
            return question.run(SimpleNamespace(**functions, Solver=solver), data, dict(values))
    finally:
        restore_default_rng()
