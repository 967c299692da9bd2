"""What an attack could leave behind on a machine, as a set of lines that should not change."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_OWN_USERS = 61_184
"""The lowest user that a sealed child of root's grader becomes."""


def left(launchers: Iterable[int]) -> set[str]:
    """Files, processes of ours other than the ``launchers``, descriptors, threads, queues, mounts."""
    return {*_files(), *_processes(set(launchers)), *_own("fd"), *_own("task"), *_shared(), *_mounts()}


def fields(pid: int) -> list[str]:
    """Fields of ``/proc/<pid>/stat`` from the state on; none for a process that is gone."""
    return _read(f"/proc/{pid}/stat").rpartition(")")[2].split()


def alive(pid: int) -> bool:
    """Whether a process is there and not only waited for."""
    return fields(pid)[:1] not in ([], ["Z"], ["X"])


def asleep(pid: int) -> bool:
    """Whether a process waits for something."""
    return fields(pid)[:1] == ["S"]


def ticks(pid: int) -> int:
    """Processor time that a process has used."""
    return sum(map(int, fields(pid)[11:13]))


def reset_peak() -> int:
    """Forget the highest memory use so far; the present one, in bytes."""
    with suppress(
        OSError
    ):  # else the peak is that of the process's life, and a test is stricter than it says
        Path("/proc/self/clear_refs").write_text("5")
    return _kilobytes("VmRSS") << 10


def peak() -> int:
    """The highest memory use since, in bytes."""
    return _kilobytes("VmHWM") << 10


def _files() -> set[str]:
    """Where everybody may write: what is named as attacks name things, or is owned by who they run as."""
    found = set()
    for place in {"/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir(), str(Path.cwd())}:
        try:
            entries = list(os.scandir(place))
        except OSError:
            continue
        found |= {f"file {e.path}" for e in entries if e.name.startswith("hostile-") or _of_a_child(e)}
    return found


def _of_a_child(entry: os.DirEntry[str]) -> bool:
    """Other tests write there too, at the same time: theirs do not count."""
    try:
        owner = entry.stat(follow_symlinks=False).st_uid
    except OSError:
        return False
    return _runs_children(owner) and (
        os.geteuid() == 0 or not entry.name.startswith(("grader-", "pytest-", "tmp"))
    )


def _runs_children(user: int) -> bool:
    """Whether sealed children of this process's grader run as that user."""
    if os.geteuid() == 0:
        return user >= _OWN_USERS and user != 65_534
    return user == os.geteuid()


def _processes(launchers: set[int]) -> set[str]:
    """Our descendants, launchers apart, and apart from the one child that a zygote keeps ready."""
    own = set(_children(os.getpid())) - launchers
    for launcher in launchers:
        children = [child for child in _children(launcher) if alive(child)]
        own |= set(children) if len(children) > 1 or any(map(_children, children)) else set()
    return {f"process {pid}" for pid in own}


def _children(pid: int) -> list[int]:
    return [int(child) for child in _read(f"/proc/{pid}/task/{pid}/children").split()]


def _own(kind: str) -> set[str]:
    return {f"{kind} {number}" for number in os.listdir(f"/proc/self/{kind}")}


def _shared() -> set[str]:
    """What System V keeps for the whole machine; what other programs made there does not count."""
    found = set()
    for kind in ("shm", "msg", "sem"):
        names, *rows = map(str.split, _read(f"/proc/sysvipc/{kind}").splitlines() or [""])
        for row in rows:
            made = dict(zip(names, map(int, row), strict=True))
            if _runs_children(made["cuid"]) and not _is_a_strangers(made.get("cpid", 0)):
                found.add(f"{kind} {row[1]}")
    return found


def _is_a_strangers(pid: int) -> bool:
    """Whether a process runs and did not come from this one: a browser of the same user, say."""
    here, parent = os.getpid(), pid
    while parent not in (0, 1, here) and (found := fields(parent)):
        parent = int(found[1])
    return alive(pid) and parent != here


def _mounts() -> set[str]:
    return {f"mount {line}" for line in _read("/proc/self/mounts").splitlines()}


def _kilobytes(field: str) -> int:
    line = next(line for line in _read("/proc/self/status").splitlines() if line.startswith(field))
    return int(line.split()[1])


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
