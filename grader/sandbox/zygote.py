"""The zygote: numpy loaded once, one thread, nothing secret; forks a clean child for each submission.

It never sees student source. Its control socket carries fixed messages: an operation and a number, with the
child's socket beside a fork. When the grader hangs up, it takes every child with it.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import struct
import sys

REQUEST = struct.Struct("<cqq")  # operation, first number, second number
REPLY = struct.Struct("<qqd")  # pid, wait status, CPU seconds
FORK, KILL, READY = b"F", b"K", b"R"
RPC_FD = 3

PRELOADED = """
abc array bisect builtins calendar cmath collections collections.abc contextlib copy csv ctypes dataclasses
datetime decimal enum errno fractions functools gc glob hashlib heapq inspect io itertools json keyword
linecache logging math numbers operator os os.path pathlib pickle platform pprint queue random re
secrets shutil signal statistics string struct sys tempfile textwrap threading time timeit traceback types
typing unittest uuid warnings weakref zlib
numpy numpy.char numpy.exceptions numpy.fft numpy.lib numpy.lib.stride_tricks numpy.linalg numpy.ma
numpy.matlib numpy.polynomial numpy.random numpy.rec numpy.testing numpy.typing
grader.toolkit grader.toolkit.solver grader.sandbox.child grader.sandbox.limits
""".split()


def main() -> None:
    """Preload, say so, then fork on request until the control socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy.matlib announces its own end
        for name in PRELOADED:
            importlib.import_module(name)
    _warm_up()
    if threads() > 1:
        raise SystemExit("the zygote has more than one thread: a child forked from it could hang")
    gc.collect()
    gc.freeze()
    control.sendall(REPLY.pack(os.getpid(), 0, 0.0))
    children: set[int] = set()
    try:
        _serve(control, children)
    finally:
        for pid in children:
            _kill(pid)
    os._exit(0)


def _serve(control: socket.socket, children: set[int]) -> None:
    while True:
        try:
            message, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 1)
        except ConnectionResetError:
            return
        if not message:
            return
        operation, first, second = REQUEST.unpack(message)
        if operation == FORK:
            pid = os.fork()
            if pid == 0:
                control.detach()
                _become_child(descriptors[0], first, second)
            os.close(descriptors[0])
            children.add(pid)
            control.sendall(REPLY.pack(pid, 0, 0.0))
        elif operation == KILL:
            children.discard(first)
            status, cpu = _kill(first)
            control.sendall(REPLY.pack(first, status, cpu))


def _become_child(rpc: int, memory: int, cpu: int) -> None:
    """Never returns: everything but the RPC socket is closed, limits are set, requests are answered."""
    try:
        import resource

        from grader.sandbox import child, limits

        os.dup2(rpc, RPC_FD)
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.closerange(RPC_FD + 1, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 4096))
        _die_with_parent()
        # Not what the caller happened to ignore (nohup, a CI in the background): the same for everyone.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU):
            signal.signal(number, signal.SIG_DFL)
        limits.apply(limits.Limits(memory, cpu))
        gc.enable()
        child.serve_requests(socket.socket(fileno=RPC_FD))
    except BaseException:
        os._exit(98)
    os._exit(0)


def _warm_up() -> None:
    """Let NumPy import what it imports late: afterwards a child finds no module on disk."""
    import numpy as np

    sample = np.arange(6.0).reshape(2, 3)
    np.random.default_rng(0).normal(size=3)
    np.linalg.norm(sample @ sample.T)
    np.einsum("ij,kj->ik", sample, sample, optimize=True)
    np.testing.assert_allclose(sample, sample)
    np.array_repr(sample)
    np.pad(sample, 1)
    np.median(sample)
    np.isclose(sample, sample).all()


def _die_with_parent() -> None:
    """On Linux, ask to be killed when the zygote dies; elsewhere the closed socket ends an idle child."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG


def _kill(pid: int) -> tuple[int, float]:
    """Kill and reap; (wait status, CPU seconds). A child that is already dead keeps its own status."""
    import contextlib

    with contextlib.suppress(ProcessLookupError):
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
