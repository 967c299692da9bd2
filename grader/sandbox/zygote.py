"""The zygote: NumPy loaded once, one thread, nothing secret; forks a clean child for each submission.

It never sees student source. Its control socket carries fixed messages: an operation and numbers, with the
child's socket beside a fork. When the grader hangs up, it takes every child with it, and what they started.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import signal
import socket
import struct
import sys
from pathlib import Path

from grader.sandbox.preloaded import load_everything

REQUEST = struct.Struct("<cqqq")  # operation; pid, or memory, CPU seconds and a set of mechanisms
REPLY = struct.Struct("<qqd")  # pid, wait status, CPU seconds
FORK, KILL = b"F", b"K"
WIRE = 3
"""The child's end of the wire: the only descriptor that leads anywhere."""

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER


def main() -> None:
    """Preload, say so, then fork on request until the control socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    load_everything()
    if threads() > 1:
        raise SystemExit("the zygote has more than one thread: a child forked from it could hang")
    ruleset = _settle()
    null = os.open(os.devnull, os.O_RDWR)
    gc.collect()
    gc.freeze()
    control.sendall(REPLY.pack(os.getpid(), 0, 0.0))
    children: set[int] = set()
    try:
        _serve(control, children, null, ruleset)
    finally:
        for pid in list(children):
            _end(pid, children)
    os._exit(0)


def _settle() -> int:
    """What is done once for all children; the Landlock ruleset's descriptor, or -1."""
    from grader.sandbox.libc import control
    from grader.sandbox.mechanisms import MECHANISMS, make_ruleset

    missing = {mechanism.name: mechanism.missing() for mechanism in MECHANISMS}
    if sys.platform == "linux":
        control(_SUBREAPER, 1)  # what a child may have started comes to us when the child dies
        control(4, 0)  # PR_SET_DUMPABLE: our memory is not for our children
    # Out of the way: a child puts its wire where the next free descriptor is now.
    return -1 if missing["Landlock"] else fcntl.fcntl(make_ruleset(), fcntl.F_DUPFD_CLOEXEC, 10)


def _serve(control: socket.socket, children: set[int], null: int, ruleset: int) -> None:
    while True:
        try:
            message, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 1)
        except ConnectionResetError:
            return
        if not message:
            return
        operation, first, second, third = REQUEST.unpack(message)
        if operation == FORK:
            zygote = os.getpid()
            pid = os.fork()
            if pid == 0:
                control.detach()
                _become_child(descriptors[0], null, ruleset, zygote, (first, second, third))
            os.close(descriptors[0])
            children.add(pid)
            control.sendall(REPLY.pack(pid, 0, 0.0))
        elif operation == KILL:
            status, cpu = _end(first, children)
            control.sendall(REPLY.pack(first, status, cpu))


def _become_child(wire: int, null: int, ruleset: int, zygote: int, asked: tuple[int, int, int]) -> None:
    """Never returns: seals itself, then answers requests until the grader hangs up."""
    memory, cpu, chosen = asked
    try:
        from grader.sandbox import child, seal
        from grader.sandbox.channel import Descriptor
        from grader.sandbox.limits import Limits
        from grader.sandbox.mechanisms import Setting

        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.dup2(wire, WIRE)
        # Not what the caller happened to ignore (nohup, a CI in the background): the same for everyone.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        setting = Setting(Limits(memory, cpu), zygote, ruleset)
        seal.apply(setting, chosen, Descriptor(WIRE))
        gc.enable()
        child.serve_requests(Descriptor(WIRE), setting)
    except BaseException:
        os._exit(98)
    os._exit(0)


def _end(pid: int, children: set[int]) -> tuple[int, float]:
    """Kill and reap a child and its offspring; (wait status, CPU seconds). The dead keep their own status."""
    children.discard(pid)
    found = _kill(pid)
    for orphan in _orphans(children):
        _kill(orphan)
    return found


def _orphans(children: set[int]) -> list[int]:
    """Our children that we did not fork: started by student code where nothing denied it."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [pid for pid in map(int, listed.split()) if pid not in children]


def _kill(pid: int) -> tuple[int, float]:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)
    try:
        _, status, usage = os.wait4(pid, 0)
    except ChildProcessError:
        return 0, 0.0
    return status, usage.ru_utime + usage.ru_stime


def threads() -> int:
    """Threads of this process, or 1 where the system does not tell."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1
