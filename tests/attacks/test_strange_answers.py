"""Whatever a child answers, the grader judges it: its own arithmetic never fails, and no frame breaks it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import load_assignment
from grader.grading.cases import judge_and_explain
from grader.model import Absent, Case, CaseResult, Failure, Place, Ref, to_json
from grader.sandbox import messages
from grader.sandbox.wire import WireError, decode, encode

COURSE = Path(__file__).resolve().parent.parent.parent
KINDS: tuple[Any, ...] = ("raised", "timeout", "crashed", "skipped", "missing")
DTYPES = "<f8 <f4 <i8 <i4 |b1 |u1 <u8 <u4 <i2 <f2 <c16 |i1 <u2 <c8".split()


def strange(right: Any) -> list[Any]:
    """Values that may cross the wire where ``right`` is due."""
    array = np.asarray(right, dtype=float)
    with np.errstate(all="ignore"):
        same_shape = [array.astype(dtype) for dtype in DTYPES]
    numbers = (np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324, 1e200, -0.0, 0.0)
    full = [np.full(array.shape, number) for number in numbers]
    items = (None, True, "1", 2**62, 1j, [1.0])
    lists = [np.full(array.shape, item, dtype=object).tolist() for item in items]
    lists += [array.tolist(), tuple(array.reshape(-1)), [np.complex128(v) for v in array.flat]]
    shapes = [array[None], array[..., None], array.reshape(-1), array.T, array[:0] if array.ndim else array]
    shapes += [array[:1], array[0], array[..., :1]] if array.ndim else [np.zeros(1)]
    odd = [np.zeros((0, 2**40)), np.zeros((1,) * 8), np.zeros(0), np.array(3.0), np.array(1j), np.array(True)]
    plain: list[Any] = [None, True, 0, 2**63 - 1, 1.5, float("nan"), "", "1.0", (), [], {}]
    plain += [[None], [[]], (1, (2,)), [Absent("nothing")]]
    scalars = [np.float64(3), np.float32("nan"), np.bool_(True), np.complex64(1j), np.uint64(2**64 - 1)]
    dicts = [{"a": 1}, {"W1": array, "b1": None, "W2": [array]}, Absent("None"), Absent("type", "x" * 60_000)]
    return [*same_shape, *full, *lists, *shapes, *odd, *plain, *scalars, *dicts]


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """The smallest case of each question and kind of check; not those of 100,000 weights, which are slow."""
    found: dict[tuple[str, ...], Case] = {}
    for case in load_assignment(COURSE, "two_layer_net").public:
        if not any(isinstance(part, dict) or np.size(part) > 1_000 for part in case.key):
            found.setdefault((case.question, *(check.kind for check in case.checks)), case)
    return list(found.values())


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # numbers that overflow are part of it
@pytest.mark.slow
def test_no_answer_is_the_fault_of_the_grader(cases: list[Case]) -> None:
    faults = set()
    for case in cases:
        for place, right in enumerate(case.key):
            for value in strange(right):
                answers = tuple(value if i == place else part for i, part in enumerate(case.key))
                outcomes = judge_and_explain(case, CaseResult(answers), _answering(iter(())))
                faults |= {(case.question, repr(value)[:60]) for o in outcomes if o.status == "grader_fault"}
                to_json(outcomes)
    assert faults == set()


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_no_gradient_is_the_fault_of_the_grader(cases: list[Case]) -> None:
    """Some answers of a forward pass are right, and then one is strange."""
    faults = set()
    measured = [case for case in cases if any(check.kind == "gradient" for check in case.checks)]
    for case in measured:
        (wanted,) = {check.options["of"] for check in case.checks if check.kind == "gradient"}
        right = case.key[case.keep.index(wanted)] if wanted in case.keep else 0.0
        for value in strange(right):
            for before in (0, 2):
                answers = _answering(iter([*[right] * before, value]), right)
                outcomes = judge_and_explain(case, CaseResult(case.key), answers)
                faults |= {(case.question, repr(value)[:60]) for o in outcomes if o.status == "grader_fault"}
    assert measured
    assert faults == set()


@pytest.mark.parametrize("kind", KINDS)
def test_no_failure_is_the_fault_of_the_grader(cases: list[Case], kind: Any) -> None:
    for case in cases:
        for step in range(len(case.steps)):
            failure = Failure(kind, "E", "m" * 2_000, Place("c" * 200, -(2**63), "t" * 200))
            outcomes = judge_and_explain(
                case, CaseResult(case.key, {step: failure}), _answering(iter(()), 1.0)
            )
            assert all(outcome.status != "grader_fault" for outcome in outcomes)
            to_json(outcomes)


def test_no_frame_breaks_the_grader(cases: list[Case]) -> None:
    """Answers with bytes that were changed, cut and doubled: each is a value or a WireError."""
    chance = random.Random(0)
    case = max(cases, key=lambda case: len(case.keep))
    failures = {0: Failure("raised", "ValueError", "no", Place("cell 2", 3, "x"))}
    good = bytes(encode(messages.pack_result(CaseResult(case.key, failures, (), "printed", 0.1))))
    read = 0
    for _ in range(10_000):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, *b"NTFidstlmagA"))
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        with suppress(WireError):
            messages.unpack_result(decode(data), case)
            read += 1
    assert 0 < read < 10_000


def test_no_value_breaks_the_grader(cases: list[Case]) -> None:
    """Values in the places of a result's fields, of a problem's and of points."""
    chance = random.Random(0)
    case = cases[0]
    pieces = [*strange(np.zeros((2, 2))), {"values": ()}, "raised", 0, -1, [], ((),)]
    readers: tuple[Callable[[Any], Any], ...] = (
        lambda value: messages.unpack_result(value, case),
        messages.unpack_problem,
        lambda value: messages.unpack_points(value, 3),
    )
    for _ in range(3_000):
        value: Any = tuple(chance.choice(pieces) for _ in range(chance.choice((3, 4, 5))))
        nested: Any = [value, [value], list(value), {str(i): piece for i, piece in enumerate(value)}]
        for made in nested:
            for read in readers:
                with suppress(WireError):
                    read(made)


def _answering(
    answers: Iterator[Any], afterwards: Any = None
) -> Callable[[Case, Ref, list[dict[int, Any]]], list[Any]]:
    """What a submission gives at other points: these values, and then one and the same."""
    return lambda case, wanted, points: [next(answers, afterwards) for _ in points]
