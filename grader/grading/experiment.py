"""Experiments: the student's own model is trained in the sandbox, and only its parameters are believed.

Where it starts, on which images, in which order: that is drawn from the hidden seed. What it reached is
measured by the grader's own forward pass, and some of its steps are computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader.course import CourseAssignment, Experiment
from grader.course.recorder import read, record
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
    """Train with the chosen values in a child of its own; score the parameters that come back."""
    data, schedules = prepare(question, assignment.reference, hyperparameters, seed)
    cases = {name: _case(question, name, schedule, data, seed) for name, schedule in schedules.items()}
    limits = Limits(cpu=max(1, round(question.seconds)), session=2 * question.seconds)
    snapshots: dict[str, list[Snapshot]] = {}
    losses: dict[str, Any] = {}
    with sandbox.open(load, limits, budget, question.name) as session:
        for (name, case), result in zip(cases.items(), session.run(list(cases.values())), strict=True):
            failure = next((f for f in result.failures.values() if f.kind != "skipped"), None)
            if failure is not None:
                return unscored_outcome(_STATUS.get(failure.kind, "error"), _stop_reason(failure)), ()
            found = _snapshots(case, result, schedules[name])
            if isinstance(found, Outcome):
                return found, ()
            snapshots[name] = found
            losses[name] = result.value(case, case.checks[0].outputs["loss"])
    return _judge_training(question, assignment, schedules, data, snapshots, losses, seed)


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


def _judge_training(
    question: Experiment,
    assignment: CourseAssignment,
    schedules: Schedules,
    data: dict[str, Any],
    snapshots: Mapping[str, list[Snapshot]],
    losses: Mapping[str, Any],
    seed: int,
) -> tuple[Outcome, tuple[Plot, ...]]:
    reference = assignment.reference
    accuracies: dict[str, float] = {}
    runs: dict[str, dict[str, Any]] = {}
    diverged = False
    for name, schedule in schedules.items():
        parameters = [snapshot.params for snapshot in snapshots[name]]
        scorer = Scorer(schedule, reference, data)
        curves = scorer.curves(parameters)
        step = recomputation.first_departure(
            schedule, reference, data, snapshots[name], curves.after_segments
        )
        if step is not None:
            return unscored_outcome("failed", Departure(step, name)), ()
        diverged |= not finite(parameters[-1])
        accuracies[name] = scorer.accuracy(curves.scored_params, question.scored_on)
        runs[name] = scorer.histories(curves)
        if scorer.is_loss_of(losses[name], parameters):
            runs[name]["loss"] = losses[name]
    outcome = _verdict(question, accuracies)
    again = not any(schedule.training.draws_numbers for schedule in schedules.values())
    outcome = replace(outcome, measurements={**outcome.measurements, "recomputed": again})
    notes: list[Finding] = [Diverged()] if diverged else []
    if any("loss" not in run for run in runs.values()):
        notes.append(ForeignHistory())
    outcome = replace(outcome, findings=(*outcome.findings, *notes))
    given = question.baselines(question.data()) if question.baselines is not None and question.data else {}
    return outcome, training_plots.plots(runs, reference_runs(question, assignment, seed), given)


def share(question: Experiment, accuracy: float) -> float:
    """The share of the points that an accuracy earns: a straight line from ``starting`` to ``good``."""
    return min(1.0, max(0.0, (accuracy - question.starting) / (question.good - question.starting)))


def _verdict(question: Experiment, accuracies: Mapping[str, float]) -> Outcome:
    earned = float(np.mean([share(question, accuracy) for accuracy in accuracies.values()]))
    status: OutcomeStatus = "passed" if earned >= 1 else "failed"
    measured: dict[str, Any] = {
        "accuracy": float(np.mean(list(accuracies.values()))),
        "share": earned,
        "starting": question.starting,
        "good": question.good,
    }
    if len(accuracies) > 1:
        measured |= {"accuracies": dict(accuracies)}
    each = ", ".join(f"{name} {100 * accuracy:.1f}" for name, accuracy in accuracies.items())
    reached = Accuracy(
        measured["accuracy"],
        each if len(accuracies) > 1 else "",
        question.starting,
        question.good,
        question.scored_on == "test",
    )
    return Outcome(
        "training", status, False, "accuracy", "training", findings=(reached,), measurements=measured
    )


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
