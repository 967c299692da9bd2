"""Experiments: the student's own model is trained in the sandbox, and only its parameters are believed.

Where it starts, on which images, in which order: that is drawn from the hidden seed. What it reached is
measured by the grader's own forward pass, and some of its steps are computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.course import CourseAssignment, Experiment, read, record
from grader.grading import recomputation, training_plots
from grader.grading.evaluation import Scorer, finite
from grader.grading.hyperparameters import unscored_outcome
from grader.grading.recomputation import Snapshot
from grader.grading.reference_run import reference_runs
from grader.grading.schedule import Schedule, generator, prepare
from grader.model import (
    Case,
    CaseResult,
    Check,
    Failure,
    Finding,
    Load,
    Outcome,
    OutcomeStatus,
    Plot,
    Ref,
)
from grader.model.reasons import (
    Accuracy,
    Departure,
    Diverged,
    ForeignHistory,
    TrainingStopped,
    UnusableParameters,
)
from grader.sandbox import Budget, Limits, Sandbox

_STATUS: dict[str, OutcomeStatus] = {"timeout": "timeout", "crashed": "crashed"}
Schedules = Mapping[str, Schedule]


@dataclass(frozen=True, slots=True)
class _Run:
    """What a child gave of one run. Nothing of it is believed yet."""

    snapshots: list[Snapshot]
    losses: Any


@dataclass(slots=True)
class _Training:
    """What the grader measured of all runs, by name."""

    recomputed: bool
    """Some of the steps were computed again: the net draws no numbers of its own."""
    accuracies: dict[str, float] = field(default_factory=dict)
    histories: dict[str, dict[str, Any]] = field(default_factory=dict)
    diverged: bool = False


def budget_of(questions: Iterable[Experiment]) -> Budget:
    """The time that all experiments of a submission share: three times what they may train for."""
    named = {question.name: question.seconds for question in questions}
    return Budget(3 * sum(named.values()), named)


def train(
    question: Experiment,
    assignment: CourseAssignment,
    load: Load,
    hyperparameters: Mapping[str, Any],
    sandbox: Sandbox,
    budget: Budget | None = None,
    seed: int = 0,
) -> tuple[Outcome, tuple[Plot, ...]]:
    """Train in a child of its own, and score the parameters that come back; with plots of the runs."""
    data, schedules = prepare(question, assignment.reference, hyperparameters, seed)
    runs = _run_in_child(question, schedules, data, load, sandbox, budget, seed)
    if isinstance(runs, Outcome):
        return runs, ()
    training = _measure(question, assignment.reference, schedules, data, runs)
    if isinstance(training, Outcome):
        return training, ()
    baselines = question.baselines(question.data()) if question.baselines and question.data else {}
    reference = reference_runs(question, assignment, seed)
    return _outcome(question, training), training_plots.plots(training.histories, reference, baselines)


def _run_in_child(
    question: Experiment,
    schedules: Schedules,
    data: Mapping[str, Any],
    load: Load,
    sandbox: Sandbox,
    budget: Budget | None,
    seed: int,
) -> dict[str, _Run] | Outcome:
    """What came back of each run, by name; the outcome of the first one that failed."""
    cases = {name: _case(question, name, schedule, data, seed) for name, schedule in schedules.items()}
    limits = Limits(cpu=max(1, round(question.seconds)), session=2 * question.seconds)
    runs: dict[str, _Run] = {}
    with sandbox.open(load, limits, budget, question.name) as session:
        for (name, case), result in zip(cases.items(), session.run(list(cases.values())), strict=True):
            failure = next((f for f in result.failures.values() if f.kind != "skipped"), None)
            if failure is not None:
                return unscored_outcome(_STATUS.get(failure.kind, "error"), _stop_reason(failure))
            snapshots = _snapshots(case, result, schedules[name])
            if isinstance(snapshots, Outcome):
                return snapshots
            runs[name] = _Run(snapshots, result.value(case, case.checks[0].outputs["loss"]))
    return runs


def _case(question: Experiment, name: str, schedule: Schedule, data: Mapping[str, Any], seed: int) -> Case:
    """One run as a program: segment after segment, and after each what the parameters are."""
    training = schedule.training
    images = {"X_train": data["X_train"], "y_train": data["y_train"]}
    given = {
        **images,
        "X_val": data["X_train"][:1],
        "y_val": data["y_train"][:1],
    }  # not measured there

    def author(impl: Any) -> list[Check]:
        model = training.net(impl)
        model.set(params=dict(schedule.start))
        solver = impl.Solver(
            model,
            given,
            update_rule=training.update_rule,
            lr_decay=training.lr_decay,
            verbose=False,
            optim_config={"learning_rate": training.learning_rate},
        )
        outputs: dict[str, Any] = {}
        for number, segment in enumerate(schedule.segments):
            for batches, decays in segment.pieces(schedule.decays):
                solver.train_on(batches)
                if decays:
                    solver.decay_learning_rates()
            outputs[f"params {number}"] = read(model.params)
            outputs[f"state {number}"] = read(solver.optim_configs)
        outputs["loss"] = read(solver.loss_history)
        return [Check("training", outputs)]

    return record(
        None,
        author,
        question=question.name,
        label=name or "training",
        rung=0,
        hidden=False,
        seed=int(generator(seed, question.name, "child", name).integers(1 << 31)),
        deadline=2 * question.seconds,
        watch=False,
    )


def _snapshots(case: Case, result: CaseResult, schedule: Schedule) -> list[Snapshot] | Outcome:
    """What came back after each segment; an outcome where that is no net of the shapes at the start."""
    refs: Mapping[str, Ref] = case.checks[0].outputs
    snapshots = []
    for number in range(len(schedule.segments)):
        params = result.value(case, refs[f"params {number}"])
        state = result.value(case, refs[f"state {number}"])
        if not isinstance(params, dict) or not all(map(_is_numbers, params.values())) or not params:
            return unscored_outcome("failed", UnusableParameters("values"))
        shapes = {name: array.shape for name, array in params.items()}
        if shapes != {name: array.shape for name, array in schedule.start.items()}:
            return unscored_outcome("failed", UnusableParameters("shapes"))
        configs = {name: config for name, config in _dict(state).items() if isinstance(config, dict)}
        snapshots.append(Snapshot(params, configs))
    return snapshots


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_numbers(array: Any) -> bool:
    return isinstance(array, np.ndarray) and array.dtype.kind == "f"


def _measure(
    question: Experiment,
    reference: Mapping[str, Any],
    schedules: Schedules,
    data: dict[str, Any],
    runs: Mapping[str, _Run],
) -> _Training | Outcome:
    """Accuracies and histories of the runs; an outcome where a step does not follow from the one before."""
    training = _Training(recomputed=not any(s.training.draws_numbers for s in schedules.values()))
    for name, schedule in schedules.items():
        snapshots = runs[name].snapshots
        parameters = [snapshot.params for snapshot in snapshots]
        scorer = Scorer(schedule, reference, data)
        curves = scorer.curves(parameters)
        step = recomputation.first_departure(schedule, reference, data, snapshots, curves.after_segments)
        if step is not None:
            return unscored_outcome("failed", Departure(step, name))
        training.diverged |= not finite(parameters[-1])
        training.accuracies[name] = scorer.accuracy(curves.scored_params, question.scored_on)
        training.histories[name] = scorer.histories(curves)
        if scorer.is_loss_of(runs[name].losses, parameters):
            training.histories[name]["loss"] = runs[name].losses
    return training


def _outcome(question: Experiment, training: _Training) -> Outcome:
    """The outcome of a training that was measured: its accuracy, and the share of the points for it."""
    accuracies = training.accuracies
    mean = float(np.mean(list(accuracies.values())))
    earned = float(np.mean([share(question, accuracy) for accuracy in accuracies.values()]))
    measurements: dict[str, Any] = {
        "accuracy": mean,
        "share": earned,
        "starting": question.starting,
        "good": question.good,
    }
    each = ""
    if len(accuracies) > 1:
        measurements["accuracies"] = dict(accuracies)
        each = ", ".join(f"{name} {100 * accuracy:.1f}" for name, accuracy in accuracies.items())
    measurements["recomputed"] = training.recomputed
    findings: list[Finding] = [
        Accuracy(mean, each, question.starting, question.good, question.scored_on == "test")
    ]
    if training.diverged:
        findings.append(Diverged())
    if any("loss" not in history for history in training.histories.values()):
        findings.append(ForeignHistory())
    return Outcome(
        "training",
        "passed" if earned >= 1 else "failed",
        False,
        "accuracy",
        "training",
        findings=tuple(findings),
        measurements=measurements,
    )


def share(question: Experiment, accuracy: float) -> float:
    """The share of the points that an accuracy earns: a straight line from ``starting`` to ``good``.

    Where both are the same number, it is all from there on.
    """
    if question.good == question.starting:
        return 1.0 if accuracy >= question.good else 0.0
    return min(1.0, max(0.0, (accuracy - question.starting) / (question.good - question.starting)))


def _stop_reason(failure: Failure) -> TrainingStopped:
    place = failure.place
    return TrainingStopped(
        failure.error,
        failure.message[:300],
        failure.cause,
        failure.amount,
        failure.message[:300],
        place.cell if place is not None else "",
        place.line if place is not None else 0,
    )
