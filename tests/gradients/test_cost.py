"""What a check of a right net costs, in forward evaluations, and in requests."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.gradient_problems import net
from grader.gradients import check, examine


@pytest.mark.parametrize("seed", range(3))
def test_the_two_layer_net_at_full_size(seed: int) -> None:
    p = net(np.random.default_rng(seed), "two-layer", [3072, 100, 10], 10, 1.0, 0.1)
    report = check(p.forward, p.backward, p.inputs, p.dout, seed=seed)
    assert report.status == "pass"
    assert report.evaluations <= 50


@pytest.mark.parametrize("seed", range(3))
def test_the_five_layer_net(seed: int) -> None:
    p = net(np.random.default_rng(seed), "five-layer", [300, 100, 100, 100, 100, 10], 10, 1.0, 0.1)
    report = check(p.forward, p.backward, p.inputs, p.dout, seed=seed)
    assert report.status == "pass"
    assert report.evaluations <= 110


def test_few_messages_and_every_value_counted() -> None:
    p = net(np.random.default_rng(0), "five-layer", [20, 10, 10, 10, 10, 4], 5, 1.0)
    stages = examine(p.inputs, p.dout)
    answers: list[Any] | None = None
    requests = forwards = 0
    while True:
        try:
            request = next(stages) if answers is None else stages.send(answers)
        except StopIteration as done:
            report = done.value
            break
        requests += 1
        if request.kind == "forward":
            forwards += len(request.points)
            answers = [p.forward(point) for point in request.points]
        else:
            answers = [p.backward(point, p.dout) for point in request.points]
    assert report.status == "pass"
    assert requests <= 10
    assert report.evaluations == forwards
