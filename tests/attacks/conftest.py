"""Workers: graders that run as root or as an ordinary user, whoever runs the tests."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.model import CaseResult
from grader.sandbox import channel, messages
from tests.attacks import privileged
from tests.ordinary import ROOT, prefix


class Worker:
    """One grader in a process of its own."""

    def __init__(self, user: str, prepared: Path | None) -> None:
        self.user = user
        command = [sys.executable, "-B", "-m", "tests.attacks.worker", *([str(prepared)] if prepared else [])]
        command = [*prefix(user), *command]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, question: str, **request: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": question, **request}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(timeout=30) == 0


class Sent:
    """An end of a wire that keeps what was sent."""

    def __init__(self) -> None:
        self.data = bytearray()

    def send(self, data: memoryview) -> int:
        self.data += data
        return len(data)

    def recv(self, count: int) -> bytes:
        return b""


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path | None]:
    """Programs that gain privileges, and then answer the first case of a first load with 42."""
    answer = Sent()
    channel.send(answer, 2, ("result", messages.pack_result(CaseResult((np.full((2, 3), 42.0),)))))
    folder = privileged.prepare(bytes(answer.data))
    yield folder
    if folder is not None:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def workers() -> Iterator[dict[str, Worker]]:
    """Worker by user, made when it is first asked for."""
    made: dict[str, Worker] = {}
    yield made
    for worker in made.values():
        worker.close()


@pytest.fixture
def worker(request: pytest.FixtureRequest, workers: dict[str, Worker], prepared: Path | None) -> Worker:
    """The worker of the user that the test is parametrised with."""
    user: str = request.param
    if user not in workers:
        workers[user] = Worker(user, prepared)
    return workers[user]
