"""Does each step of a training follow from the one before? Some are computed again, with our own net.

Three single steps, chosen by the hidden seed, must be ours to 2 %. A run that does otherwise only once, and
jumps to parameters that were made elsewhere, shows in a segment in which the parameters move more than in
those beside it, or in one that makes the net much better at once: these are run again as a whole. Rounding
errors grow in many steps, so there the bounds are wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.grading.evaluation import Scorer, finite, net_of
from grader.grading.reference_run import train_segment
from grader.grading.schedule import Params, Schedule, Segment

_STEP = 0.02
"""Error of a step, as a share of its length (norms over all parameters)."""
_SEGMENT = 0.2
"""The same of several steps: rounding errors grow, most of all under Adam."""
_ROUNDING = 4.0
"""Units in the last place that a parameter may be off for each step."""
_NUDGE = 1e-6
"""A relative change of the parameters to which a step that means anything does not react."""
_REACTS = 0.005
_CHAOS = 10.0
"""How many times a nudge must have grown for a segment to count as chaotic."""
_GAIN = 0.15
"""What a segment seldom adds to the accuracy, once two others have been trained."""
_BETTER = 0.1
"""By how much the accuracy after a chaotic segment may be above ours."""

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What came back after a segment."""

    params: Params
    state: Mapping[str, State]
    """What the update rule keeps of each parameter."""


def first_departure(
    schedule: Schedule,
    reference: Mapping[str, Any],
    data: Mapping[str, Any],
    snapshots: Sequence[Snapshot],
    accuracies: Sequence[float] = (),
) -> int | None:
    """The number of a step that does not follow from the one before (or of the first of several); else None.

    ``accuracies`` on the validation images, after each segment.

    A net that draws numbers of its own cannot be computed again: nothing is said of it.
    """
    if schedule.training.draws_numbers:
        return None
    replay = _Replay(schedule, reference, data, snapshots)
    finite_segments = [n for n in range(len(snapshots)) if finite(replay.before(n)) and replay.ends_finite(n)]
    lost = next((n for n in range(len(snapshots)) if not replay.ends_finite(n)), len(snapshots))
    healed = next((n for n in range(lost, len(snapshots)) if replay.ends_finite(n)), None)
    if healed is not None:  # no update makes a number out of NaN
        return schedule.segments[healed].first + 1
    single = [n for n in finite_segments if schedule.segments[n].single]
    departures = {form: replay.first_mismatch(single, form) for form in replay.forms()[:1]}
    for form in replay.forms()[1:]:
        if None not in departures.values():
            departures[form] = replay.first_mismatch(single, form)
    fits = [form for form, departure in departures.items() if departure is None]
    if not fits:
        return max(n for n in departures.values() if n is not None)
    others = [n for n in finite_segments if n not in single]
    jumps = _ratios_to_neighbours([replay.length(n) for n in others])
    suspects = {others[int(np.argmax(jumps))]} if others else set()
    gains = {n: accuracies[n] - accuracies[n - 1] for n in finite_segments if 2 <= n < len(accuracies)}
    suspects |= {n for n, gain in gains.items() if gain == max(gains.values()) >= _GAIN}
    for n in sorted(suspects):
        if not replay.segment_agrees(n, fits[0]):
            return schedule.segments[n].first + 1
    return None


def _ratios_to_neighbours(lengths: Sequence[float]) -> list[float]:
    """Each length by the mean of those beside it."""
    ratios = []
    for n, length in enumerate(lengths):
        baselines = [*lengths[max(0, n - 1) : n], *lengths[n + 1 : n + 2]] or [length]
        ratios.append(length / (sum(baselines) / len(baselines) or np.finfo(float).tiny))
    return ratios


class _Replay:
    """Segments of a run, run again from where the one before ended."""

    def __init__(
        self,
        schedule: Schedule,
        reference: Mapping[str, Any],
        data: Mapping[str, Any],
        snapshots: Sequence[Snapshot],
    ) -> None:
        self._schedule, self._reference, self._data, self._snapshots = schedule, reference, data, snapshots
        self._net = net_of(schedule, reference)

    def before(self, n: int) -> Params:
        """Parameters at the beginning of segment ``n``."""
        return self._snapshots[n - 1].params if n else self._schedule.start

    def ends_finite(self, n: int) -> bool:
        """Whether segment ``n`` left finite parameters: one that diverged earns nothing by it."""
        return finite(self._snapshots[n].params)

    def length(self, n: int) -> float:
        """How far segment ``n`` moved the parameters, for one of its length: between N steps and √N."""
        steps = len(self._schedule.segments[n].batches)
        return float(_distance(self._snapshots[n].params, self.before(n)) / steps**0.75)

    def forms(self) -> list[str]:
        """The accepted forms of the update rule; the reference's own has the empty name."""
        training = self._schedule.training
        if training.forms is None:
            return [""]
        w = np.ones(1)
        _, config = self._reference[training.update_rule](w, w, {"learning_rate": 1.0})
        return ["", *training.forms(w, w, config)]

    def first_mismatch(self, single: Sequence[int], form: str) -> int | None:
        """The number of the first of these single steps that is not ours, with this form of the rule."""
        other = (n for n in single if not self._step_agrees(n, form))
        return next((self._schedule.segments[n].first + 1 for n in other), None)

    def _step_agrees(self, n: int, form: str) -> bool:
        """Whether a single step is ours, at least in what does not hang on rounding errors."""
        before, after = self.before(n), self._snapshots[n].params
        again = self._recompute(n, form, 0.0)
        bound = _STEP * _distance(again, before) + _ROUNDING * _rounding(before)
        if _distance(after, again) <= bound:
            return True
        nudged = self._recompute(n, form, _NUDGE)
        clear = {name: _insensitive(before[name], again[name], nudged[name]) for name in before}
        return _norm({name: (after[name] - again[name])[clear[name]] for name in before}) <= bound

    def segment_agrees(self, n: int, form: str) -> bool:
        """Whether a segment is ours, or so chaotic that it might be, and no better than ours."""
        before, after = self.before(n), self._snapshots[n].params
        again = self._recompute(n, form, 0.0)
        moved = _distance(again, before)
        steps = len(self._schedule.segments[n].batches)
        if _distance(after, again) <= _SEGMENT * moved + _ROUNDING * steps * _rounding(before):
            return True
        grown = _distance(again, self._recompute(n, form, _NUDGE))
        if not grown >= _SEGMENT / 4 * moved + _CHAOS * _NUDGE * _norm(before):
            return False
        return self._accuracy(after) <= self._accuracy(again) + _BETTER

    def _accuracy(self, params: Params) -> float:
        if not finite(params):
            return 0.0
        return Scorer(self._schedule, self._reference, self._data).accuracy(params, "val")

    def _recompute(self, n: int, form: str, nudge: float) -> Params:
        """The parameters after segment ``n``, computed here; ``nudge`` changes those before it a little."""
        segment = self._schedule.segments[n]
        signs = np.random.default_rng(n)
        params = {
            name: array * (1 + nudge * signs.choice([-1.0, 1.0], array.shape)).astype(array.dtype)
            for name, array in self.before(n).items()
        }
        state = self._snapshots[n - 1].state if n else {}
        configs = {name: self._config(state.get(name, {}), params[name], segment) for name in params}
        with np.errstate(all="ignore"):
            params_after, _ = train_segment(
                self._schedule, self._net, self._reference, self._data, segment, params, configs, form
            )
        return params_after

    def _config(self, state_of_rule: State, w: NDArray[Any], segment: Segment) -> dict[str, Any]:
        """What the rule kept, as far as it is an array of w's shape; settings and the time are ours."""
        config: dict[str, Any] = {
            name: value.copy()
            for name, value in state_of_rule.items()
            if isinstance(value, np.ndarray) and value.shape == w.shape and value.dtype.kind == "f"
        }
        if "t" in state_of_rule:
            config["t"] = segment.first
        config["learning_rate"] = self._schedule.rate(segment)
        return config


def _insensitive(before: NDArray[Any], again: NDArray[Any], nudged: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a step is the same after a nudge: under Adam a gradient of rounding errors gives a full step."""
    bound = _REACTS * np.abs(again - before) + 2 * _NUDGE * np.abs(before)
    return np.asarray(np.abs(nudged - again) <= bound)


def _rounding(params: Params) -> float:
    return _norm({name: np.finfo(array.dtype).eps * array for name, array in params.items()})


def _distance(one: Params, other: Params) -> float:
    return _norm({name: one[name] - other[name] for name in other})


def _norm(arrays: Mapping[str, NDArray[Any]]) -> float:
    with np.errstate(all="ignore"):
        return float(np.sqrt(sum(np.sum(np.square(a, dtype=np.float64)) for a in arrays.values())))
