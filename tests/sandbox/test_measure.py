"""Levels are measured: here, with mechanisms switched off, and inside containers that deny things."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import Limits, Sandbox, SandboxError
from grader.sandbox.advice import Advice, advice, how_to_seal, undenied_probes
from grader.sandbox.channel import Conversation
from grader.sandbox.measure import measure
from grader.sandbox.mechanisms import MECHANISMS, Missing
from tests.ordinary import ROOT, prefix

ANSWER = "import numpy as np\ndef relu_forward(x):\n    return np.maximum(x, 0), x\n"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="these mechanisms are Linux's")


NOT_APPLIED = Missing("not applied", "Operation not permitted")
OTHER_MACHINE = Missing("unknown machine", "riscv64")


def contained(profile: str, user: str, *command: str) -> subprocess.CompletedProcess[str]:
    whole = [*prefix(user), sys.executable, "-B", "-m", "tests.sandbox.container", profile, *command]
    return subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False)


def level(profile: str, user: str) -> dict[str, Any]:
    done = contained(profile, user)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@LINUX
def test_everything_of_this_system_holds_here(sandbox: Sandbox) -> None:
    measured = sandbox.measurement
    assert measured.level == "sealed"
    assert all(measured.attempts.values())
    assert len(measured.attempts) >= 14
    others = {why for name, why in measured.missing.items() if name != "own user"}
    assert others <= {Missing("other system")}
    assert sandbox.info.mechanisms == measured.mechanisms
    assert undenied_probes(measured) == ()
    assert advice(measured) is None


@LINUX
@pytest.mark.parametrize("user", ["root", "user"])
@pytest.mark.parametrize("profile", ["docker", "old"])
def test_a_ci_jobs_container_is_sealed_too(profile: str, user: str) -> None:
    found = level(profile, user)
    assert found["level"] == "sealed"
    assert {"seccomp", "W^X", "resource limits"} <= set(found["mechanisms"])
    assert ("Landlock" in found["mechanisms"]) == (profile == "docker")
    assert ("own user" in found["mechanisms"]) == (user == "root")


@LINUX
@pytest.mark.parametrize("user", ["root", "user"])
def test_without_filters_it_is_limited_and_says_why(user: str) -> None:
    found = level("no_seccomp", user)
    assert found["level"] == "limited"
    assert found["missing"]["seccomp"]["reason"] == "not applied"
    assert not found["attempts"]["shared memory"]
    assert found["attempts"]["file"]  # Landlock, and no descriptor to spare


@LINUX
def test_each_mechanism_holds_by_itself_and_is_missed_when_off() -> None:
    everything = [m.name for m in MECHANISMS]
    bare = Sandbox(without=everything)
    with bare:
        assert bare.measurement.level == "limited"
        assert bare.measurement.mechanisms == ()
        assert bare.measurement.missing == dict.fromkeys(everything, Missing("switched off"))
    assert {"file", "socket", "process", "executable memory"} <= set(undenied_probes(bare.measurement))


class Failing:
    """A launcher whose children end before they answer."""

    def fork(self, limits: Limits, mechanisms: Collection[str]) -> tuple[Conversation, int]:
        import socket

        ours, theirs = socket.socketpair()
        theirs.close()
        return Conversation(ours), 0

    def kill(self, pid: int) -> tuple[int, float]:
        return 0, 0.0

    def end(self, pid: int) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_sandbox_that_does_not_answer_is_our_fault() -> None:
    with pytest.raises(SandboxError, match="probe failed"):
        measure(Failing())


@pytest.mark.parametrize(
    ("platform", "missing", "expected"),
    [
        ("win32", {}, Advice("Windows")),
        ("darwin", {"sandbox_init": NOT_APPLIED}, Advice("macOS", why=NOT_APPLIED)),
        ("darwin", {}, None),
        ("linux", {"seccomp": NOT_APPLIED}, Advice("filters", why=NOT_APPLIED)),
        ("linux", {"seccomp": OTHER_MACHINE}, Advice("other machine", why=OTHER_MACHINE)),
        ("linux", {}, Advice("unexpected")),
        ("freebsd14", {}, Advice("other system", "freebsd14")),
    ],
)
def test_the_advice_is_for_what_is_in_the_way(
    platform: str, missing: dict[str, Missing], expected: Advice | None
) -> None:
    assert how_to_seal(platform, missing) == expected


@LINUX
def test_a_mechanism_that_stops_working_is_the_graders_fault(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    from tests.sandbox.test_session import GOOD, load

    # A child that cannot seal itself says so, before it has seen any code.
    impossible = replace(sandbox.measurement, mechanisms=(*sandbox.measurement.mechanisms, "sandbox_init"))
    monkeypatch.setattr(sandbox, "measurement", impossible)
    with pytest.raises(SandboxError, match="could not seal itself"):
        sandbox.open(load(GOOD))


@LINUX
@pytest.mark.slow
def test_grade_refuses_below_sealed_and_says_how_to_go_on(tmp_path: Path, course: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.py").write_text(ANSWER)
    command = ["grade", str(tmp_path / "in"), "--assignment", "two_layer_net", "--out", str(tmp_path / "out")]
    command += ["--course", str(course), "--seed", "7", "--workers", "1"]
    refused = contained("no_seccomp", "root" if _is_root() else "user", *command)
    assert refused.returncode == 3, refused.stderr
    assert "reaches only `limited`" in refused.stderr
    assert "make a namespace" in refused.stderr or "share memory" in refused.stderr
    assert "--accept limited" in refused.stderr
    assert not (tmp_path / "out").exists()
    accepted = contained("no_seccomp", "root" if _is_root() else "user", *command, "--accept", "limited")
    assert accepted.returncode == 0, accepted.stderr
    report = json.loads((tmp_path / "out" / "students" / "ann" / "report.json").read_text())
    assert report["sandbox"]["level"] == "limited"
    assert "seccomp" not in report["sandbox"]["mechanisms"]


def _is_root() -> bool:
    import os

    return os.geteuid() == 0
