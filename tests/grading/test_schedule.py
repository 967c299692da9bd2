"""What a training is asked to do is drawn from a seed, whole, and computed again as it was done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, Training
from grader.grading.evaluation import net_of
from grader.grading.recomputation import Snapshot, first_departure
from grader.grading.reference_run import train_segment
from grader.grading.schedule import MAX_MEASUREMENTS, Schedule, disguise, draw_schedule, generator

IMAGES, PIXELS, CLASSES = 60, 12, 10


def net(impl: Any) -> Any:
    return impl.TwoLayerNet(PIXELS, 5, CLASSES, weight_scale=0.1)


TRAINING = Training(net, "sgd", 0.5, batch_size=10, num_epochs=4, lr_decay=0.5)


@pytest.fixture
def reference(assignment: CourseAssignment) -> dict[str, Any]:
    assert assignment.reference is not None
    return dict(assignment.reference)


def data(shape: tuple[int, ...] = (PIXELS,)) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    found: dict[str, Any] = {}
    for part in ("train", "val", "test"):
        found[f"y_{part}"] = np.arange(IMAGES) % CLASSES
        found[f"X_{part}"] = rng.normal(size=(IMAGES, *shape)) + found[f"y_{part}"].reshape(
            -1, *[1] * len(shape)
        )
    return found


def scheduled(reference: dict[str, Any], seed: int = 1, **changes: Any) -> Schedule:
    return draw_schedule(replace(TRAINING, **changes), reference, IMAGES, generator(seed, "run"))


def test_a_seed_draws_the_same_again_and_another_something_else(reference: dict[str, Any]) -> None:
    one, same, other = (scheduled(reference, seed) for seed in (1, 1, 2))
    assert all(np.array_equal(one.start[name], same.start[name]) for name in one.start)
    assert [s.batches.tolist() for s in one.segments] == [s.batches.tolist() for s in same.segments]
    assert not np.array_equal(one.start["W1"], other.start["W1"])
    assert one.segments[0].batches.tolist() != other.segments[0].batches.tolist()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"num_epochs": 1},
        {"num_epochs": 30},
        {"batch_size": 1},
        {"batch_size": 500},
        {"num_train": 7},
        {"num_epochs": 1, "batch_size": 60},
        {"num_epochs": 2, "batch_size": 40, "lr_decay": 1.0},
    ],
)
def test_segments_are_the_whole_run_in_order(reference: dict[str, Any], changes: dict[str, Any]) -> None:
    schedule = scheduled(reference, **changes)
    training = schedule.training
    count = min(IMAGES, training.num_train or IMAGES)
    total = training.num_epochs * max(1, count // training.batch_size)
    at = 0
    for segment in schedule.segments:
        assert segment.first == at
        assert segment.batches.shape[1] == training.batch_size
        assert 0 <= segment.batches.min() <= segment.batches.max() < count
        at += len(segment.batches)
    assert at == total
    measured = [segment.epoch for segment in schedule.segments if segment.epoch is not None]
    assert measured == sorted(set(measured))
    assert measured[-1] == training.num_epochs
    assert len(measured) <= MAX_MEASUREMENTS
    assert sum(segment.single for segment in schedule.segments) >= min(3, total)


def test_the_learning_rate_becomes_smaller_at_the_end_of_each_epoch(reference: dict[str, Any]) -> None:
    schedule = scheduled(reference)
    rate, per_epoch = TRAINING.learning_rate, IMAGES // TRAINING.batch_size
    for segment in schedule.segments:
        assert schedule.rate(segment) == pytest.approx(rate)
        at = segment.first
        for batches, decays in segment.pieces(schedule.decays):
            at += len(batches)
            assert decays == (at % per_epoch == 0)
            rate *= TRAINING.lr_decay if decays else 1


def test_pixels_and_classes_are_mixed_alike_in_all_parts() -> None:
    before = data()
    after = disguise(before, np.random.default_rng(3))
    columns = [int(np.argmin(np.abs(before["X_train"][0] - value))) for value in after["X_train"][0]]
    labels = {int(a): int(b) for a, b in zip(before["y_train"], after["y_train"], strict=True)}
    assert columns != sorted(columns)
    assert sorted(columns) == list(range(PIXELS))
    assert sorted(labels.values()) == list(range(CLASSES))
    for part in ("train", "val", "test"):
        assert np.array_equal(after[f"X_{part}"], before[f"X_{part}"][:, columns])
        assert [labels[int(y)] for y in before[f"y_{part}"]] == after[f"y_{part}"].tolist()


def test_images_with_rows_keep_their_pixels() -> None:
    before = data((3, 4))
    after = disguise(before, np.random.default_rng(3))
    assert np.array_equal(after["X_train"], before["X_train"])
    assert not np.array_equal(after["y_train"], before["y_train"])


def trained(schedule: Schedule, reference: dict[str, Any], images: dict[str, Any]) -> list[Snapshot]:
    params, found = schedule.start, []
    rate = schedule.training.learning_rate
    configs: dict[str, Any] = {name: {"learning_rate": rate} for name in params}
    for segment in schedule.segments:
        model = net_of(schedule, reference)
        params, _ = train_segment(schedule, model, reference, images, segment, dict(params), configs)
        found.append(Snapshot(dict(params), {name: dict(config) for name, config in configs.items()}))
    return found


@pytest.mark.parametrize("changes", [{}, {"lr_decay": 1.0}, {"num_epochs": 30}, {"learning_rate": 0.0}])
def test_an_honest_run_departs_nowhere(reference: dict[str, Any], changes: dict[str, Any]) -> None:
    schedule, images = scheduled(reference, **changes), data()
    assert first_departure(schedule, reference, images, trained(schedule, reference, images)) is None


def test_a_jump_is_found_wherever_it_is(reference: dict[str, Any]) -> None:
    schedule, images = scheduled(reference), data()
    honest = trained(schedule, reference, images)
    for at in range(len(honest)):
        jumped = [
            Snapshot({name: array + (n >= at) for name, array in snapshot.params.items()}, snapshot.state)
            for n, snapshot in enumerate(honest)
        ]
        assert first_departure(schedule, reference, images, jumped) is not None, at


def test_a_leap_in_accuracy_is_looked_at_though_it_is_a_short_way(reference: dict[str, Any]) -> None:
    schedule, images = scheduled(reference, learning_rate=0.05), data()
    honest = trained(schedule, reference, images)
    last = len(honest) - 1
    moved = Snapshot({n: a * 1.004 for n, a in honest[-1].params.items()}, honest[-1].state)
    assert not schedule.segments[last].single
    forged = [*honest[:-1], moved]
    level = [0.2] * len(honest)
    leap = [*level[:-1], 0.6]
    assert first_departure(schedule, reference, images, forged, level) is None
    assert first_departure(schedule, reference, images, forged, leap) == schedule.segments[last].first + 1
    assert first_departure(schedule, reference, images, honest, leap) is None


def test_longer_steps_are_found(reference: dict[str, Any]) -> None:
    schedule, images = scheduled(reference), data()
    longer = replace(schedule, training=replace(TRAINING, learning_rate=0.6))
    assert first_departure(schedule, reference, images, trained(longer, reference, images)) is not None


def test_a_run_that_ends_in_nan_is_no_departure(reference: dict[str, Any]) -> None:
    schedule, images = scheduled(reference), data()
    honest = trained(schedule, reference, images)
    lost = Snapshot({name: array * np.nan for name, array in honest[-1].params.items()}, {})
    assert first_departure(schedule, reference, images, [*honest[:3], *[lost] * (len(honest) - 3)]) is None


def test_of_a_net_that_draws_numbers_nothing_is_said(reference: dict[str, Any]) -> None:
    schedule, images = scheduled(reference, draws_numbers=True), data()
    other = [Snapshot({name: array + 1 for name, array in schedule.start.items()}, {})] * len(
        schedule.segments
    )
    assert first_departure(schedule, reference, images, other) is None


def test_parameters_that_were_not_finite_do_not_become_so_again(reference: dict[str, Any]) -> None:
    schedule, images = scheduled(reference), data()
    honest = trained(schedule, reference, images)
    lost = Snapshot({name: array * np.nan for name, array in honest[3].params.items()}, {})
    healed = [*honest[:3], lost, *honest[4:]]
    assert first_departure(schedule, reference, images, healed) == schedule.segments[4].first + 1
