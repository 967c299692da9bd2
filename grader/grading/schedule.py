"""What a training run is asked to do, drawn from the hidden seed: pixels, labels, start, minibatches, cuts.

Whoever knows the images and has fitted a net to them at home knows neither which pixel is which column here,
nor which class is which label, nor where the parameters start. An honest net trains as well as ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.course import Experiment, Training
from grader.sandbox.replay import restore_default_rng, seed

Params = dict[str, NDArray[Any]]

MAX_MEASUREMENTS = 10
"""Epochs after which a run is measured, at most: the last one and others at equal distances."""
_PARTS = 10
"""Segments that a run is cut into, at least; of each the parameters come back."""
_SINGLE_STEPS = 3
"""Segments of one step: that step is computed again."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Steps between two looks at the parameters."""

    first: int
    """Steps before it."""
    batches: NDArray[Any]
    """(steps, batch_size): indices of training images."""
    per_epoch: int
    epoch: int | None = None
    """How many epochs are over at its end, where the run is measured then."""

    @property
    def single(self) -> bool:
        """Whether it is one step alone."""
        return len(self.batches) == 1

    def pieces(self, decays: bool) -> Iterator[tuple[NDArray[Any], bool]]:
        """Its batches, cut where an epoch ends if the learning rate ``decays`` then; and whether one does."""
        if not decays:
            yield self.batches, False
            return
        start = 0
        while start < len(self.batches):
            left = self.per_epoch - (self.first + start) % self.per_epoch
            piece = self.batches[start : start + left]
            start += len(piece)
            yield piece, len(piece) == left


@dataclass(frozen=True, slots=True)
class Schedule:
    """One run: where it starts, and what it is trained on, step by step."""

    training: Training
    start: Params
    segments: tuple[Segment, ...]

    @property
    def decays(self) -> bool:
        """Whether the learning rate becomes smaller after each epoch."""
        return self.training.lr_decay != 1

    def rate(self, segment: Segment) -> float:
        """The learning rate at the beginning of a segment."""
        return self.training.learning_rate * self.training.lr_decay ** (segment.first // segment.per_epoch)


def generator(number: int, *names: str) -> np.random.Generator:
    """Random numbers of a seed, of their own for each use."""
    digest = hashlib.sha256("/".join((str(number), *names)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def prepare(
    question: Experiment, reference: Mapping[str, Any], hyperparameters: Mapping[str, Any], number: int
) -> tuple[dict[str, Any], dict[str, Schedule]]:
    """The images as the runs see them, and what each run is asked to do; ``number`` is the hidden seed."""
    assert question.data is not None
    assert question.runs is not None
    data = disguise(question.data(), generator(number, question.name, "data"))
    return data, {
        name: draw_schedule(
            training, reference, len(data["X_train"]), generator(number, question.name, "run", name)
        )
        for name, training in question.runs(dict(hyperparameters)).items()
    }


def disguise(data: Mapping[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """The same data with the columns of flat images in another order, and other numbers for the classes.

    Images with rows and columns keep their pixels: a convolution needs their neighbourhood.
    """
    classes = int(max(array.max() for name, array in data.items() if name.startswith("y_"))) + 1
    labels = rng.permutation(classes)
    columns = rng.permutation(data["X_train"].shape[1]) if data["X_train"].ndim == 2 else None

    def changed(name: str, array: NDArray[Any]) -> NDArray[Any]:
        if name.startswith("y_"):
            return np.asarray(labels[array])
        return array if columns is None else array[:, columns]

    return {name: changed(name, array) for name, array in data.items()}


def draw_schedule(
    training: Training, reference: Mapping[str, Any], images: int, rng: np.random.Generator
) -> Schedule:
    """A run's schedule; ``images`` there are to train on, ``reference`` makes the net that it starts from."""
    seed(int(rng.integers(1 << 32)))
    try:
        model = training.net(SimpleNamespace(**reference))
    finally:
        restore_default_rng()
    start = {name: np.array(array) for name, array in model.params.items()}
    count = min(images, training.num_train or images)
    per_epoch = max(count // training.batch_size, 1)
    total = per_epoch * training.num_epochs
    batches = rng.integers(0, count, (total, training.batch_size))
    measured = {
        int(epoch) * per_epoch: int(epoch)
        for epoch in np.linspace(0, training.num_epochs, min(MAX_MEASUREMENTS, training.num_epochs) + 1)[
            1:
        ].round()
    }
    ends = _ends(total, set(measured), rng)
    segments = [
        Segment(first, batches[first:end], per_epoch, measured.get(end))
        for first, end in zip([0, *ends], ends, strict=False)
    ]
    return Schedule(training, start, tuple(segments))


def _ends(total: int, measured: set[int], rng: np.random.Generator) -> list[int]:
    """The steps after which the parameters come back, in order; some of them follow one upon the other."""
    parts = min(_PARTS, total)
    ends = measured | {total}
    ends |= set(np.linspace(0, total, parts + 1)[1:].round().astype(int)) if len(ends) < parts else set()
    single = rng.choice(total, min(_SINGLE_STEPS, total), replace=False)
    return sorted({int(end) for end in ends | set(single) | set(single + 1)} - {0})
