"""Training with the reference, here and now: a segment that is computed again, a whole run to draw beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from grader.course import CourseAssignment, Experiment
from grader.grading.evaluation import Scorer, net_of
from grader.grading.schedule import Params, Schedule, Segment, prepare
from grader.toolkit import Solver


def train_segment(
    schedule: Schedule,
    net: Any,
    reference: Mapping[str, Any],
    data: Mapping[str, Any],
    segment: Segment,
    params: Params,
    configs: dict[str, dict[str, Any]],
    form: str = "",
) -> tuple[Params, list[float]]:
    """Train ``net``, the reference's, for one segment: its parameters, and its losses.

    ``form`` names an accepted form of the update rule; ``configs``, what the rule keeps of each parameter,
    are those of the end afterwards.
    """
    training = schedule.training
    net.params = params
    solver = Solver(
        net,
        {**data, "X_val": data["X_train"][:1], "y_val": data["y_train"][:1]},
        update_rule=_rule(schedule, reference, form),
        lr_decay=training.lr_decay,
        verbose=False,
    )
    solver.optim_configs = configs
    for batches, decays in segment.pieces(schedule.decays):
        solver.train_on(batches)
        if decays:
            solver.decay_learning_rates()
    configs.update(solver.optim_configs)
    return net.params, solver.loss_history


def _rule(schedule: Schedule, reference: Mapping[str, Any], form: str) -> Any:
    rule, forms = reference[schedule.training.update_rule], schedule.training.forms
    if not form or forms is None:
        return rule

    def in_another_form(w: Any, dw: Any, config: Any = None) -> tuple[Any, Any]:
        _, config = rule(w, dw, config)
        return forms(w, dw, config)[form], config

    return in_another_form


_runs: WeakKeyDictionary[CourseAssignment, dict[tuple[str, int], Mapping[str, Any]]] = WeakKeyDictionary()
"""Of each assignment the runs by question and seed: a class needs them once."""


def reference_runs(question: Experiment, assignment: CourseAssignment, seed: int) -> Mapping[str, Any]:
    """The same experiment with the reference and good values: run once for a whole class."""
    cache = _runs.setdefault(assignment, {})
    if (question.name, seed) not in cache:
        values = assignment.good_values.get(question.name)
        runs = {} if values is None else run_reference(question, assignment, values, seed)[1]
        cache[question.name, seed] = runs
    return cache[question.name, seed]


def run_reference(
    question: Experiment, assignment: CourseAssignment, values: Mapping[str, Any], seed: int
) -> tuple[dict[str, float], dict[str, dict[str, Any]]]:
    """Train with the reference, here and now: accuracies that count, and histories, by run."""
    reference = assignment.reference
    data, schedules = prepare(question, reference, values, seed)
    accuracies, runs = {}, {}
    for name, schedule in schedules.items():
        params, snapshots, losses = schedule.start, [], []
        configs = {part: {"learning_rate": schedule.training.learning_rate} for part in params}
        net = net_of(schedule, reference)
        for segment in schedule.segments:
            with np.errstate(all="ignore"):
                params, segment_losses = train_segment(
                    schedule, net, reference, data, segment, dict(params), configs
                )
            snapshots.append(params)
            losses += segment_losses
        scorer = Scorer(schedule, reference, data)
        curves = scorer.curves(snapshots)
        accuracies[name] = scorer.accuracy(curves.scored_params, question.scored_on)
        runs[name] = scorer.histories(curves) | {"loss": losses}
    return accuracies, runs
