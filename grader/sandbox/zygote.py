"""The zygote: NumPy loaded once, one thread, nothing secret; forks a clean child for each submission.

It never sees student source. Its control socket carries fixed messages: an operation and numbers; beside the
reply to a fork goes the grader's end of the child's wire. When the grader hangs up, it takes every child with
it, and what they started.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import select
import signal
import socket
import struct
import sys
from typing import NamedTuple

from grader.sandbox import child, seal
from grader.sandbox.channel import Descriptor
from grader.sandbox.launcher import INTERRUPTED
from grader.sandbox.libc import control as process_control
from grader.sandbox.libc import fork
from grader.sandbox.limits import Limits
from grader.sandbox.mechanisms import MECHANISMS, Setting, make_ruleset
from grader.sandbox.preloaded import load_everything
from grader.sandbox.warm_up import run_warm_up

REQUEST = struct.Struct("<cqqq")  # operation; pid, or memory, CPU seconds and a set of mechanisms
REPLY = struct.Struct("<qqd")  # pid, wait status, CPU seconds
FORK, KILL, END = b"F", b"K", b"E"
"""Start a child; end one and reply with its status; end one without a reply."""
WIRE = 3
"""The child's end of the wire: the only descriptor that leads anywhere."""

_BUFFER = 1 << 20
_LISTING_BYTES = 1 << 16
_SOON = 0.01
"""Seconds after which to look again for children that are ending."""
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER


def main() -> None:
    """Preload, say so, then fork on request until the control socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    load_everything(sys.argv[2:])
    run_warm_up()
    if threads() > 1:
        raise SystemExit("the zygote has more than one thread: a child forked from it could hang")
    ruleset, null = _settle(), os.open(os.devnull, os.O_RDWR)
    child.prepare()
    gc.collect()
    gc.freeze()
    pool = ChildPool(ruleset, null)
    control.sendall(REPLY.pack(os.getpid(), 0, 0.0))
    try:
        _serve(control, pool)
    finally:
        pool.end_all()
    os._exit(0)


def _settle() -> int:
    """What is done once for all children; the Landlock ruleset's descriptor, or -1."""
    # Not what the caller happened to ignore (nohup, a CI in the background): the same for everyone.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    missing = {mechanism.name: mechanism.missing() for mechanism in MECHANISMS}
    for mechanism in MECHANISMS:
        if not missing[mechanism.name]:
            mechanism.prepare()
    if sys.platform == "linux":
        process_control(_SUBREAPER, 1)  # what a child may have started comes to us when the child dies
        process_control(4, 0)  # PR_SET_DUMPABLE: our memory is not for our children
    # Out of the way: a child puts its wire where the next free descriptor is now.
    return -1 if missing["Landlock"] else fcntl.fcntl(make_ruleset(), fcntl.F_DUPFD_CLOEXEC, 10)


def _serve(control: socket.socket, pool: ChildPool) -> None:
    while True:
        pool.reap()
        if not select.select([control], [], [], _SOON if pool.has_ending else None)[0]:
            continue
        try:
            message = control.recv(REQUEST.size)
        except ConnectionResetError:
            return
        if not message:
            return
        operation, *numbers = REQUEST.unpack(message)
        if operation == FORK:
            request = ChildRequest(*numbers)
            pid, wire = pool.take(request)
            socket.send_fds(control, [REPLY.pack(pid, 0, 0.0)], [wire])
            os.close(wire)
            pool.make_ready(request)
        elif operation == KILL:
            control.sendall(REPLY.pack(numbers[0], *pool.kill(numbers[0])))
        elif operation == END:
            pool.end(numbers[0])


class ChildRequest(NamedTuple):
    """The limits of a child, and the set of its mechanisms as a number."""

    memory: int
    cpu: int
    mechanisms: int


class ChildPool:
    """The children: one ready and sealed before it is asked for, those at work, those that are ending."""

    def __init__(self, ruleset: int, null: int) -> None:
        self._ruleset = ruleset
        self._null = null
        self._children = f"/proc/self/task/{os.getpid()}/children"
        self._working: set[int] = set()
        self._ending: set[int] = set()
        self._ready: tuple[ChildRequest, int, int] | None = None
        self._last: ChildRequest | None = None
        self._preparation: tuple[ChildRequest, Setting, seal.Steps] | None = None

    def take(self, request: ChildRequest) -> tuple[int, int]:
        """(pid, the grader's end of the wire) of a child, the one that is ready if it is of that kind."""
        if self._ready is not None:
            kind, pid, wire = self._ready
            self._ready = None
            alive = not _has_ended(pid)
            if alive and kind == request:
                return pid, wire
            os.close(wire)
            self._working.discard(pid)
            if alive:
                self.end(pid)
        return self._fork(request)

    def make_ready(self, request: ChildRequest) -> None:
        """Fork the next child while nobody waits for it, if the last two were of one kind."""
        if request == self._last:
            self._ready = (request, *self._fork(request))
        self._last = request

    def kill(self, pid: int) -> tuple[int, float]:
        """End a child and wait for it: (wait status, CPU seconds). The dead keep their own status."""
        self._working.discard(pid)
        status = _kill(pid)
        self._end_orphans()
        return status

    def end(self, pid: int) -> None:
        """End a child without waiting: taking its memory apart takes as long as making it."""
        self._working.discard(pid)
        self._ending.add(pid)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)

    @property
    def has_ending(self) -> bool:
        """Whether somebody was ended and is not gone yet."""
        return bool(self._ending)

    def reap(self) -> None:
        """Forget those that have ended, and end what they had started."""
        gone = {pid for pid in self._ending if _has_ended(pid)}
        self._ending -= gone
        if gone:
            self._end_orphans()

    def end_all(self) -> None:
        """End every child and wait for it."""
        for pid in [*self._working, *self._ending]:
            self.kill(pid)

    def _fork(self, request: ChildRequest) -> tuple[int, int]:
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        setting, steps = self._preparation_for(request)
        pid = fork() if sys.platform == "linux" else os.fork()
        if pid == 0:
            _become_child(theirs.fileno(), self._null, setting, steps)
        theirs.close()
        self._working.add(pid)
        return pid, ours.detach()

    def _preparation_for(self, request: ChildRequest) -> tuple[Setting, seal.Steps]:
        """What children of one kind seal themselves with, made for the first of them."""
        if self._preparation is None or self._preparation[0] != request:
            limits, chosen = Limits(request.memory, request.cpu), seal.mechanisms_of_bits(request.mechanisms)
            setting = Setting(limits, os.getpid(), self._ruleset, chosen)
            self._preparation = request, setting, seal.steps(setting)
        return self._preparation[1:]

    def _end_orphans(self) -> None:
        """Our children that we did not fork: started by student code where nothing denied it."""
        try:
            listing = os.open(self._children, os.O_RDONLY)
        except OSError:
            return
        # read(2) and no more: whatever the zygote touches after a fork is copied for it.
        listed = b""
        while piece := os.read(listing, _LISTING_BYTES):
            listed += piece
        os.close(listing)
        for pid in map(int, listed.split()):
            if pid not in self._working and pid not in self._ending:
                _kill(pid)


def _become_child(wire: int, null: int, setting: Setting, steps: seal.Steps) -> None:
    """Never returns: seals itself, then answers requests until the grader hangs up."""
    try:
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.dup2(wire, WIRE)
        seal.apply(steps, Descriptor(WIRE))
        gc.enable()
        child.serve_requests(Descriptor(WIRE), setting)
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    except BaseException:
        os._exit(98)
    os._exit(0)


def _has_ended(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


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
