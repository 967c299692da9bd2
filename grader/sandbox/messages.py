"""Cases and results as wire values: the only place that knows how records cross."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from grader.model import (
    Absent,
    Case,
    CaseResult,
    Changed,
    Chunk,
    Failure,
    Input,
    Load,
    Module,
    Place,
    Ref,
    Step,
)
from grader.sandbox.effort import Effort
from grader.sandbox.requests import decode_request, encode_request, pack_arrays, unpack_arrays
from grader.sandbox.watch import bits_of
from grader.sandbox.wire import WireError
from grader.source import compile_chunk, texts
from grader.source.cells import Text

_MAX_OUTPUT = 4_100
_MAX_CHANGES = 200
_MAX_CPU = 1e6
_FAILURES = frozenset({"raised", "timeout", "crashed", "skipped", "missing"})


class Pieces(NamedTuple):
    """A chunk as the child gets it: cut into statements, which the child compiles."""

    label: str
    source: str
    """What tracebacks quote."""
    statements: tuple[Text | bytes, ...]
    """To be run one by one: the instructor's are code already."""

    @property
    def filename(self) -> str:
        """Where the code says that it stands."""
        return f"<{self.label}>"


class Sources(NamedTuple):
    """A load as the child gets it."""

    chunks: tuple[Pieces, ...]
    modules: tuple[Module, ...]
    provided_names: tuple[str, ...]
    step_by_step: bool
    secret: bool


def load_request(load: Load, *, step_by_step: bool) -> bytes:
    """The encoded request to become ``load``.

    ``step_by_step`` has the child say where it is, which costs a message a cell.
    """
    chunks = []
    flags = 0
    for chunk in load.chunks:
        statements, flags = _statements(chunk, flags)
        chunks.append((chunk.label, chunk.source, statements))
    modules = [(module.name, module.source, module.package) for module in load.modules]
    packed = marshal.dumps((chunks, modules, load.provided_names, step_by_step, load.secret))
    return encode_request("load", packed=packed)


def _statements(chunk: Chunk, flags: int) -> tuple[tuple[Text | bytes, ...], int]:
    """A chunk's statements; the compiler flags that hold for the next one that the instructor gave."""
    if chunk.given:
        return compile_chunk(chunk.source, chunk.statements, f"<{chunk.label}>", flags)
    return texts(chunk.source, chunk.statements), flags


def unpack_load(packed: bytes) -> Sources:
    """What ``load_request`` packed; for the child, which trusts the grader."""
    chunks, modules, provided_names, step_by_step, secret = marshal.loads(packed)
    return Sources(
        tuple(Pieces(*chunk) for chunk in chunks),
        tuple(Module(*module) for module in modules),
        tuple(provided_names),
        step_by_step,
        secret,
    )


def pack_program(case: Case) -> bytes:
    """A case without its key, its checks and its name: all that a child may know."""
    steps = [
        (step.operation, step.name, _pack_ref(step.target), _pack_all(step.args), step.kwargs)
        for step in case.steps
    ]
    keep = [_pack_ref(ref) for ref in case.keep]
    inputs = pack_arrays(case.inputs)
    return marshal.dumps(
        (case.seed, case.watch, case.watched, inputs, encode_request("steps", (steps, keep)))
    )


def _pack_ref(ref: Ref | None) -> tuple[Any, ...] | None:
    return None if ref is None else (ref.step, ref.path)


def _pack_all(values: Sequence[Any]) -> list[Any]:
    """Arguments, the usual ones in a short form: a number stands for an input."""
    return [(True, value.index) if type(value) is Input else (False, value) for value in values]


def _unpack_all(values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple([Input(value) if is_input else value for is_input, value in values])


def run_request(case: Case) -> bytes:
    """The encoded request to run a case: the same for every submission, so it is made once and kept."""
    global _cached_bytes
    cached = _requests.get(id(case))
    if cached is not None and cached[0] is case:
        return cached[1]
    request = encode_request("run", packed=pack_program(case))
    if len(request) <= _LARGEST_CACHED:  # a training, with all its images, is made anew for each submission
        if _cached_bytes > _MAX_CACHED:
            _requests.clear()
            _cached_bytes = 0
        _requests[id(case)] = (case, request)
        _cached_bytes += len(request)
    return request


_LARGEST_CACHED, _MAX_CACHED = 1 << 20, 16 << 20
"""Bytes of a request that is kept, and of all of them: an assignment's cases have a megabyte at most."""
_requests: dict[int, tuple[Case, bytes]] = {}
"""By the case's identity; the case is held too, so that no other can have it."""
_cached_bytes = 0
"""Bytes of them: counted, since verifying a rubric asks thousands."""


def unpack_program(program: bytes) -> Case:
    """What ``pack_program`` made, as a case that has no key."""
    seed, watch, watched, inputs, packed = marshal.loads(program)
    steps, keep = _unpack_steps(packed)
    arrays = unpack_arrays(inputs)
    return Case("", "", 0, False, seed, arrays, (), steps, keep, (), (), watch=watch, watched=watched)


@cache  # the cases of a ladder differ in their inputs alone
def _unpack_steps(data: bytes) -> tuple[tuple[Step, ...], tuple[Ref, ...]]:
    _, (packed, keep), _ = decode_request(data)
    steps = tuple(
        [
            Step(operation, name, None if target is None else Ref(*target), _unpack_all(args), kwargs)
            for operation, name, target, args, kwargs in packed
        ]
    )
    return steps, tuple([Ref(*ref) for ref in keep])


def pack_result(result: CaseResult) -> tuple[Any, ...]:
    """A result, for the child to send: in a short form where it is values alone, as nearly all are."""
    watched = None if result.watched is None else np.frombuffer(result.watched, np.uint8)
    if not (result.failures or result.changed or result.output):
        return (result.cpu, *result.values) if watched is None else (watched, result.cpu, *result.values)
    failures = [(step, *_pack_failure(failure)) for step, failure in result.failures.items()]
    changed = [(change.step, change.argument, change.path) for change in result.changed[:_MAX_CHANGES]]
    return (result.values, failures, changed, result.output, result.cpu, watched)


def unpack_result(value: Any, case: Case) -> CaseResult:
    """A child's answer, believed in nothing but its form. Raises WireError when it is not a result."""
    try:
        if type(value) is tuple and value and type(value[0]) is float:
            value = (value[1:], (), (), "", value[0], None)
        elif type(value) is tuple and value and type(value[0]) is np.ndarray:
            value = (value[2:], (), (), "", value[1], value[0])
        values, failed, altered, output, cpu, watched = value
        if type(values) is not tuple or len(values) != len(case.keep):
            raise WireError("a result with the wrong number of values")
        if type(cpu) is not float or type(output) is not str:
            raise WireError("a result with the wrong fields")
        failures = {
            _step(step, case): _unpack_failure(kind, error, message, place, absent)
            for step, kind, error, message, place, absent in failed
        }
        changed = tuple(
            Changed(_step(step, case), _name(argument), tuple(_name(key) for key in path))
            for step, argument, path in altered
        )
        if not _are_unchanged(case, failures, watched):
            changes = {(change.step, change.argument) for change in changed}
            changed += tuple(
                Changed(*place) for place in case.watched if not changes.intersection(case.watched)
            )
    except (TypeError, ValueError, IndexError) as error:
        raise WireError(f"not a result: {error}") from error
    return CaseResult(values, failures, changed, output[:_MAX_OUTPUT], cpu if 0 <= cpu < _MAX_CPU else 0.0)


def _are_unchanged(case: Case, failures: Mapping[int, Failure], watched: Any) -> bool:
    """Whether the watched arguments of steps that came back are what they were, by their bits."""
    arguments = [(step, name) for step, name in case.watched if step not in failures]
    given = [case.steps[step].argument(name) for step, name in arguments]
    inputs = b"".join([bits_of(case.inputs[value.index]) for value in given if isinstance(value, Input)])
    if watched is None:
        return not arguments
    if not isinstance(watched, np.ndarray) or watched.dtype != np.uint8:
        raise WireError("not the bits of arguments")
    bits = watched.tobytes()
    before, now = (
        bits[len(inputs) :][: (len(bits) - len(inputs)) // 2],
        bits[(len(bits) + len(inputs)) // 2 :],
    )
    return bits.startswith(inputs) and before == now


def pack_problem(label: str, failure: Failure) -> tuple[Any, ...]:
    """A cell that could not be loaded, for the child to send."""
    return (label, *_pack_failure(failure))


def unpack_problem(value: Any) -> tuple[str, Failure]:
    """(cell, failure) of a load answer. Raises WireError when it is not one."""
    try:
        label, kind, error, message, place, absent = value
        if type(label) is not str:
            raise WireError("a cell without a name")
        return label[:200], _unpack_failure(kind, error, message, place, absent)
    except (TypeError, ValueError) as error:
        raise WireError(f"not a load problem: {error}") from error


def unpack_points(value: Any, count: int) -> list[Any]:
    """The values of a batch of points. Raises WireError when their number is wrong."""
    if type(value) is not list or len(value) != count:
        raise WireError("not one value a point")
    return value


def unpack_effort(value: Any) -> Effort | None:
    """Five counts, or None where the answer failed. Raises WireError for anything else."""
    if value is None:
        return None
    proper = type(value) is tuple and all(type(n) is int and n >= 0 for n in value)
    if not proper or len(value) != len(Effort._fields):
        raise WireError("not the counts of a step")
    return Effort(*value)


def _pack_failure(failure: Failure) -> tuple[Any, ...]:
    """All but its cause: a child cannot know what will end it, and may not claim that anything did."""
    place = failure.place
    packed = None if place is None else (place.cell, place.line, place.text)
    return (failure.kind, failure.error, failure.message, packed, failure.absent)


def _unpack_failure(kind: Any, error: Any, message: Any, place: Any, absent: Any) -> Failure:
    if kind not in _FAILURES or type(error) is not str or type(message) is not str:
        raise WireError("not a failure")
    if absent is not None and type(absent) is not Absent:
        raise WireError("not a failure")
    if place is not None:
        cell, line, text = place
        if type(cell) is not str or type(line) is not int or type(text) is not str:
            raise WireError("not a place")
        place = Place(cell[:200], line, text[:200])
    return Failure(kind, error[:80], message[:2000], place, absent=absent)


def _step(value: Any, case: Case) -> int:
    if type(value) is not int or not 0 <= value < len(case.steps):
        raise WireError("no such step")
    return value


def _name(value: Any) -> int | str:
    if type(value) is int or type(value) is str:
        return value if type(value) is int else str(value)[:80]
    raise WireError("not a name")


def evaluate_request(case: Case, wanted: Ref, points: list[dict[int, Any]]) -> bytes:
    """The encoded request for a batch of points at which ``wanted`` is to be known."""
    named = [{str(index): array for index, array in point.items()} for point in points]
    return encode_request("evaluate", {"wanted": wanted, "points": named}, pack_program(case))


def effort_request(case: Case, step: int) -> bytes:
    """The encoded request for what ``step`` costs."""
    return encode_request("effort", step, pack_program(case))
