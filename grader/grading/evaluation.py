"""What a training run came to, by the grader's own forward pass: of the child it needs only parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.grading.schedule import Params, Schedule
from grader.grading.training_plots import numbers

_IMAGES = 1_000
"""Of each part, so many are measured at most."""
_TRAINING_IMAGES = 500
"""Of the training images, for the curve."""
_LOSSES = 4
"""Losses of a history that are computed again."""
_LOSS = 0.02
"""Relative error of such a loss; with dropout it may be off by half."""


@dataclass(frozen=True, slots=True)
class Curves:
    """Accuracies of a run, of the net at the start and after each epoch that is measured."""

    epochs: tuple[float, ...]
    train: tuple[float, ...]
    validation: tuple[float, ...]
    after_segments: tuple[float, ...]
    """Accuracy on the validation images after each segment."""
    scored_params: Params
    """The parameters that count: the best on the validation images, or the last."""


def net_of(schedule: Schedule, reference: Mapping[str, Any]) -> Any:
    """The reference's net of a run; its parameters are still to be set."""
    return schedule.training.net(SimpleNamespace(**reference))


class Scorer:
    """The reference's net of one run, with one set of parameters after another."""

    def __init__(self, schedule: Schedule, reference: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        self._schedule, self._data = schedule, data
        self._net = net_of(schedule, reference)
        self._subset = {name: array[:_IMAGES] for name, array in data.items()}
        self._subset |= {f"{axis}_curve": data[f"{axis}_train"][:_TRAINING_IMAGES] for axis in "Xy"}

    def accuracy(self, params: Params, part: str) -> float:
        """The share of images of ``part`` that get their label; 0 where scores are not finite.

        The first 1,000 are asked. Running statistics are those of the training images.
        """
        return self._accuracies(params, part)[0]

    def _accuracies(self, params: Params, *parts: str) -> list[float]:
        self._take(params)
        self._measure_statistics()
        return [self._share(part) for part in parts]

    def loss_and_gradients(self, params: Params, batch: Any) -> tuple[float, Params]:
        """On a batch, given as indices of training images."""
        self._take(params)
        with np.errstate(all="ignore"):
            loss, gradients = self._net.loss(self._data["X_train"][batch], self._data["y_train"][batch])
        return float(loss), gradients

    def curves(self, snapshots: Sequence[Params]) -> Curves:
        """Measure the start and each snapshot (one a segment)."""
        params = [self._schedule.start, *snapshots]
        epochs = [0, *(segment.epoch for segment in self._schedule.segments)]
        shares = [self._accuracies(one, "val", "curve") for one in params]
        kept = [n for n, epoch in enumerate(epochs) if epoch is not None]
        validation = tuple(shares[n][0] for n in kept)
        best = int(np.argmax(validation)) if self._schedule.training.restore_best else len(kept) - 1
        return Curves(
            tuple(float(epoch) for epoch in epochs if epoch is not None),
            tuple(shares[n][1] for n in kept),
            validation,
            tuple(share for share, _ in shares[1:]),
            params[kept[best]],
        )

    def histories(self, curves: Curves) -> dict[str, Any]:
        """The histories of a run that the grader measured: see ``training_plots``."""
        histories: dict[str, Any] = {
            "epochs": curves.epochs,
            "train": curves.train,
            "validation": curves.validation,
        }
        if self._schedule.training.show_gradients:
            first = self._schedule.segments[0].batches[0]
            histories["gradients"] = self.loss_and_gradients(self._schedule.start, first)[1]
        return histories

    def is_loss_of(self, losses: Any, snapshots: Sequence[Params]) -> bool:
        """Whether a history of losses holds what the net loses, where some of the segments begin."""
        history = numbers(losses)
        segments = self._schedule.segments
        if len(history) != sum(len(segment.batches) for segment in segments):
            return False
        bound = 0.5 if self._schedule.training.draws_numbers else _LOSS
        before = [self._schedule.start, *snapshots]
        for number in sorted({round(n) for n in np.linspace(0, len(segments) - 1, _LOSSES)}):
            if not finite(before[number]):
                break
            loss, _ = self.loss_and_gradients(before[number], segments[number].batches[0])
            error = abs(history[segments[number].first] - loss)
            if np.isfinite(loss) and not error <= bound * abs(loss) + 1e-3:
                return False
        return True

    def _take(self, params: Params) -> None:
        self._net.params = {name: array.copy() for name, array in params.items()}

    def _share(self, part: str) -> float:
        images, labels = self._subset[f"X_{part}"], self._subset[f"y_{part}"]
        with np.errstate(all="ignore"):
            scores = np.asarray(self._net.loss(images))
        return float(np.mean(scores.argmax(axis=1) == labels)) if np.all(np.isfinite(scores)) else 0.0

    def _measure_statistics(self) -> None:
        """Give batch normalisation the mean and variance of the training images, in each layer."""
        for settings in getattr(self._net, "bn_params", ()):
            settings["momentum"] = 0.0  # what is kept is that of the one batch that comes
        if getattr(self._net, "bn_params", ()):
            with np.errstate(all="ignore"):
                self._net.loss(self._subset["X_train"], self._subset["y_train"])


def finite(params: Params) -> bool:
    """Whether all parameters are finite numbers."""
    return all(bool(np.all(np.isfinite(array))) for array in params.values())
