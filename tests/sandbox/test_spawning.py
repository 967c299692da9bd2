"""Children without fork, as on Windows: a fresh interpreter, the same wire, the same bounds."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import numpy as np
import pytest

from grader.sandbox import Limits, Sandbox, sandbox
from grader.sandbox.job_object import limits_record
from grader.sandbox.mechanisms import MECHANISMS
from grader.sandbox.spawning import Spawning
from tests.sandbox.test_session import GOOD, X, call, load


@pytest.fixture(scope="module")
def spawned() -> Iterator[Sandbox]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "_launcher", Spawning)
        # Each mechanism is tried in an interpreter of its own: one is enough here.
        others = [m.name for m in MECHANISMS if m.name != "resource limits"]
        with Sandbox(without=others) as made:
            yield made


def test_a_fresh_child_answers_and_is_held(spawned: Sandbox) -> None:
    bodies = "def f(x):\n    return [0] * 10 ** 10\ndef g(x):\n    import os\n    os._exit(3)\n"
    with spawned.open(load(GOOD, bodies)) as session:
        memory, ended, good = session.run([call("f"), call("g"), call("good")])
    assert memory.failures[0].error == "MemoryError"
    assert ended.failures[0].kind == "crashed"
    assert np.array_equal(good.values[0], X * 2)
    assert spawned.info.mechanisms == ("resource limits",)


def test_a_fresh_child_is_ended_at_its_deadline(spawned: Sandbox) -> None:
    with spawned.open(load("def f(x):\n    while True: pass\n")) as session:
        (result,) = session.run([call("f", deadline=0.3)])
    assert result.failures[0].kind == "timeout"


def test_the_limits_of_a_job_object_are_in_windows_units() -> None:
    record = limits_record(Limits(memory=1 << 30, cpu=30))
    assert record.ProcessMemoryLimit == 1 << 30
    assert record.BasicLimitInformation.PerProcessUserTimeLimit == 300_000_000
    assert record.BasicLimitInformation.LimitFlags == 0x210A
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert ctypes.sizeof(record) == 144
