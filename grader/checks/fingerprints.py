"""What an implementation gave in a case, as a few numbers: enough to know a wrong answer again.

Two answers that compute the same values in different ways differ by rounding, and have the same fingerprint.
Of each checked result it holds a word (what kind of thing came) and two numbers: projections of its distance
from the right one, element by element, so that small elements count beside large ones; of one of another
shape, projections of itself. Of a result that is random by nature (a mask, weights at the start) it holds its
statistics, which agree more loosely.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, kind_of
from grader.model import Absent, Case, CaseResult, Failure, Outcome, Ref

STRICT = 1e-6
LOOSE = (0.1, 0.05, 0.3)
"""Of the statistics of what is random: of the logarithm of its spread, the share of zeros, the kurtosis. Two
draws that keep a share of 0.3 of 3,200 elements differ by a third of that."""
_ADDRESS = re.compile(r"0x[0-9a-fA-F]+")
_SHAPES = re.compile(
    r"not aligned|could not be broadcast|core dimension|not broadcastable|shape mismatch|broadcast together"
)
"""Of NumPy's many messages about shapes that do not fit; which one comes is a matter of style."""
_OPERANDS = re.compile(r"unsupported operand type\(s\) for ([^:]+): '(\w+)' and '(\w+)'")
_MESSAGE = 160
"""Characters of an exception's message by which it is told from others."""
_FAR = 3.0
"""The distance of what is not finite; how many entries are not, a word tells."""
_LARGEST_STRANGE = 10_000
"""How many elements an array of another shape than the right one may have, to be looked at."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``words`` must be equal, ``numbers`` (n,) must agree to ``tolerances`` (n,), relative above 1."""

    words: str
    numbers: Any
    tolerances: Any

    def agrees(self, words: str, numbers: Any) -> bool:
        """Whether another fingerprint of the same cases is of the same answer; NaN agrees with NaN alone."""
        if words != self.words or numbers.shape != self.numbers.shape:
            return False
        with np.errstate(all="ignore"):
            near = np.abs(numbers - self.numbers) <= self.tolerances * np.maximum(1, np.abs(self.numbers))
        return bool(np.all(near | (np.isnan(numbers) & np.isnan(self.numbers))))


def fingerprint(cases: Iterable[tuple[Case, CaseResult]]) -> Fingerprint:
    """The fingerprint of an implementation in some cases, in their order."""
    words: list[str] = []
    numbers: list[float] = []
    tolerances: list[float] = []
    for case, result in cases:
        kinds = _kinds(case)
        for ref in case.keep:
            telling = [kind for kind in kinds[ref] if kind.tells_answers_apart]
            if not telling:
                continue
            random = any(kind.random for kind in telling)
            word, values = _result(case, result, ref, random)
            width = 3 if random else 2
            words.append(word)
            numbers += values or [0.0] * width
            tolerances += LOOSE if random else [STRICT] * width
        words.append(_changes(case, result))
        words.extend(_verdicts(case, result))
    return Fingerprint("|".join(words), np.array(numbers), np.array(tolerances))


def _kinds(case: Case) -> dict[Ref, list[CheckKind]]:
    """The kinds of the checks that look at each kept result."""
    kinds: dict[Ref, list[CheckKind]] = {ref: [] for ref in case.keep}
    for check in case.checks:
        for value in check.outputs.values():
            for ref in value if isinstance(value, tuple) else (value,):
                if isinstance(ref, Ref) and ref in kinds:
                    kinds[ref].append(kind_of(check.kind))
    return kinds


def _result(case: Case, result: CaseResult, ref: Ref, random: bool) -> tuple[str, list[float]]:
    failure = result.failures.get(ref.step)
    if failure is not None:
        return f"{failure.kind}:{failure.error}:{_cause(failure)}", []
    value, expected = result.value(case, ref), case.expected(ref)
    if isinstance(value, Absent):
        return "absent", []
    if isinstance(value, dict):
        return "dict:" + ",".join(sorted(str(key)[:40] for key in value))[:400], []
    array = real_array(value)
    if array is None:
        return type(value).__name__, []
    precision = "" if array.dtype.kind != "f" or array.dtype.itemsize >= 8 else f":{array.dtype}"
    array, right, word = np.asarray(array, dtype=np.float64), real_array(expected), "values"
    if right is None or array.shape != right.shape:
        word, right = f"shape:{array.shape}", np.zeros(array.shape)
        if not 0 < array.size <= _LARGEST_STRANGE:
            return word, []
    word += precision + _not_finite(array)
    if random:
        return word.replace("values", "random") + _dropped_together(array), _statistics(array)
    return word, _projections(array, np.asarray(right, dtype=np.float64))


def _not_finite(array: Any) -> str:
    """How many entries are NaN, +∞ and −∞: an infinite loss is another mistake than one that is NaN."""
    counts = [int(np.sum(test(array))) for test in (np.isnan, np.isposinf, np.isneginf)]
    return f":not finite {counts}" if any(counts) else ""


def _dropped_together(array: Any) -> str:
    """Whether whole rows or whole columns are 0, and others are not: a mask that was not drawn by element."""
    if array.ndim < 2 or not 0 < np.count_nonzero(array) < array.size:
        return ""
    dropped = (array == 0).reshape(len(array), -1)
    rows, columns = (dropped.all(axis) == dropped.any(axis) for axis in (1, 0))
    return ":rows" * bool(rows.all()) + ":columns" * bool(columns.all())


def _cause(failure: Failure) -> str:
    """What an exception says, the same for different ways to write the same mistake."""
    if failure.error == "ValueError" and _SHAPES.search(failure.message):
        return "shapes"
    if operands := _OPERANDS.search(failure.message):
        operator, *types = operands.groups()
        return f"{operator} of {' and '.join(sorted(types))}"
    return _ADDRESS.sub("", failure.message)[:_MESSAGE]


def _projections(array: Any, right: Any) -> list[float]:
    """Of each element's distance from the right one, in its own size; next to 0, in that of the largest.

    What is not finite counts as a distance of its own: its places show, and the others count beside it.
    """
    if array.size == 0:
        return [0.0, 0.0]
    sizes, largest = np.abs(right), float(np.max(np.abs(right)))
    scale = np.where(sizes >= 1e-6 * largest, sizes, largest) if largest > 0 else 1.0
    with np.errstate(all="ignore"):
        gap = ((array - right) / scale).ravel()
        gap[~np.isfinite(gap)] = _FAR
        projections = [float(gap @ direction) for direction in _directions(gap.size)]
    return [value if np.isfinite(value) else float("nan") for value in projections]


def _statistics(array: Any) -> list[float]:
    """Order of magnitude of the spread, share of zeros, kurtosis: of what is random, what mistakes change."""
    with np.errstate(all="ignore"):
        zeros = float(1 - np.count_nonzero(array) / array.size)
        powers = np.asarray(array - array.mean())  # raised in place: these arrays may be large
        variance = np.square(powers, out=powers).mean()
        if not variance > 0:
            return [-99.0 if variance == 0 else float("nan"), zeros, 0.0]
        kurtosis = np.square(powers, out=powers).mean() / np.square(variance)
        return [float(np.log(variance)) / 2, zeros, float(kurtosis) / 3]


_known_directions: dict[int, Any] = {}


def _directions(size: int) -> Any:
    """Two fixed rows (2, size), entries of 0.5 to 1.5: no entry of a gap is overlooked."""
    if size not in _known_directions:
        _known_directions[size] = np.random.default_rng(size).uniform(0.5, 1.5, (2, size))
    return _known_directions[size]


def _changes(case: Case, result: CaseResult) -> str:
    """Arguments that were overwritten and that a check says should not be."""
    overwritten = set()
    for check in case.checks:
        if not kind_of(check.kind).judges_arguments:
            continue
        for ref in check.outputs.values():
            parameters = case.steps[ref.step].parameters
            for change in result.changed:
                named = (
                    parameters[change.argument]
                    if isinstance(change.argument, int) and change.argument < len(parameters)
                    else change.argument
                )
                if change.step == ref.step and named in check.options["arguments"]:
                    overwritten.add(f"{ref.step}:{named}")
    return ",".join(sorted(overwritten))


def _verdicts(case: Case, result: CaseResult) -> Iterator[str]:
    """Of what is drawn by the answer itself, or has no right values: what is wrong with it, by part."""
    for check in case.checks:
        kind = kind_of(check.kind)
        if kind.random or kind.known_by_verdict:
            outcomes = kind.judge(check, case, result, _nothing_more)
            yield ",".join(f"{outcome.part}:{outcome.status}:{_first(outcome)}" for outcome in outcomes)


def _first(outcome: Outcome) -> str:
    return type(outcome.findings[0]).__name__ if outcome.findings else ""


def _nothing_more(case: Case, ref: Ref, points: list[dict[int, Any]]) -> list[Any]:
    """No values at other inputs: a fingerprint is of what an answer gave."""
    return [Absent("nothing")] * len(points)


def content_hash(parts: Iterable[bytes]) -> str:
    """One hash of several contents."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:32]
