"""What counts as left behind in the machine's shared tables, which other programs use at the same time."""

from __future__ import annotations

import os

import pytest

from tests.attacks import state

HEAD = "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid"
GONE = 2**22 + 1
"""No process has such a number: it is beyond the kernel's largest."""


@pytest.mark.parametrize(
    ("grader", "creator", "process", "counts"),
    [
        (0, 62_000, GONE, True),
        (0, 62_000, os.getpid(), True),
        (0, 0, GONE, False),
        (0, 65_534, GONE, False),
        (1000, 1000, GONE, True),
        (1000, 1001, GONE, False),
        (1000, 1000, 1, False),
    ],
    ids=["child", "own", "root", "nobody", "ordinary", "another", "living stranger"],
)
def test_only_what_a_child_could_have_made_counts(
    grader: int, creator: int, process: int, counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = f"0 426045 600 4096 {process} 0 0 {creator} 0 {creator} 0"
    read = state._read
    tables = {"/proc/sysvipc/shm": f"{HEAD}\n{row}\n", "/proc/sysvipc/msg": HEAD, "/proc/sysvipc/sem": ""}
    monkeypatch.setattr(state, "_read", lambda path: tables[path] if path in tables else read(path))
    monkeypatch.setattr(os, "geteuid", lambda: grader)
    assert state._shared() == ({"shm 426045"} if counts else set())
