"""A child or a zygote that something else kills, at every moment of a session: nobody's answer suffers."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Sandbox
from grader.sandbox.channel import Conversation
from tests.sandbox.test_session import GOOD, X, call, load

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="/proc tells which processes are left"),
]
MOMENTS = (0, 1, 2, 9)
"""The seal is told, loading is answered, and then eight cases; `benchmarks/kills.py` tries more."""


@pytest.fixture
def own() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def killing(monkeypatch: pytest.MonkeyPatch, moment: int, victim: Any) -> list[int]:
    """Have ``victim()`` killed just before the ``moment``-th answer is waited for; who was, once it is."""
    whole = Conversation.receive
    seen: list[int] = []
    killed: list[int] = []

    def receive(conversation: Conversation, *limits: Any) -> Any:
        if len(seen) == moment and not killed:
            killed.append(victim())
            os.kill(killed[0], signal.SIGKILL)
        seen.append(moment)
        return whole(conversation, *limits)

    monkeypatch.setattr(Conversation, "receive", receive)
    return killed


def newest_child(zygote: int) -> int:
    return max(children_of(zygote))


def children_of(process: int) -> list[int]:
    with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
        return [int(pid) for pid in file.read().split()]


def zygote_of(sandbox: Sandbox) -> int:
    pid: int = sandbox._launcher._process.pid  # type: ignore[attr-defined]
    return pid


def all_right(sandbox: Sandbox) -> None:
    slow = "def slow(x):\n    for i in range(20_000): x = x + 0\n    return x * 2\n"
    with sandbox.open(load(GOOD, slow)) as session:
        results = list(session.run([call("slow"), call("good")] * 4))
        assert session.problems == []
    for result in results:
        assert result.failures == {}
        assert np.array_equal(result.values[0], X * 2)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_child_costs_nothing(own: Sandbox, monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    zygote = zygote_of(own)
    killed = killing(monkeypatch, moment, lambda: newest_child(zygote))
    all_right(own)
    assert killed
    monkeypatch.undo()
    all_right(own)
    assert zygote_of(own) == zygote


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_zygote_costs_nothing(own: Sandbox, monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    before = zygote_of(own)
    killed = killing(monkeypatch, moment, lambda: before)
    all_right(own)
    assert killed == [before]
    monkeypatch.undo()
    all_right(own)
    after = zygote_of(own)
    own.close()
    assert after != before
    assert not os.path.exists(f"/proc/{after}")


def test_a_child_that_kills_itself_again_has_crashed(own: Sandbox) -> None:
    # Only below `sealed` can it: a child that was killed twice over the same case is not believed.
    body = "def f(x):\n    import os\n    os.kill(os.getpid(), 9)\n"
    with Sandbox(without=("seccomp",)) as unsealed, unsealed.open(load(GOOD, body)) as session:
        bad, good = session.run([call("f"), call("good")])
    assert (bad.failures[0].kind, good.failures) == ("crashed", {})


def test_a_zygote_that_dies_again_and_again_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.sandbox import SandboxError, forking

    monkeypatch.setattr(forking, "MAX_RESTARTS", 1)

    def kill_and_open(sandbox: Sandbox) -> None:
        os.kill(zygote_of(sandbox), signal.SIGKILL)
        sandbox._launcher._process.wait()  # type: ignore[attr-defined]
        sandbox.open(load(GOOD)).close()

    with Sandbox() as own:
        kill_and_open(own)
        with pytest.raises(SandboxError, match="again and again"):
            kill_and_open(own)
