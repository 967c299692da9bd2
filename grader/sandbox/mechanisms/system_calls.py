"""The list of system calls: what computing needs, and nothing else.

Denies: opening or making anything that has a descriptor, sockets of every family, new processes, threads
and programs, signals to anyone, other processes' memory, namespaces, mounts, users, keys, shared memory,
timers, io_uring, bpf, and whatever a future kernel adds: a list of what is allowed forgets nothing. A call
that is not on it fails with EPERM, so that Python says something a person can read; foreign architectures
are killed.
Seen to hold: a socket, a signal to the parent and a shared segment are refused.
"""

from __future__ import annotations

import errno
import os
import socket
from functools import cache

from grader.sandbox.bpf import ALLOW, ERRNO, Rule, assemble, at_least, at_most, equals, loading
from grader.sandbox.libc import system_call
from grader.sandbox.mechanisms import exec_memory
from grader.sandbox.mechanisms.mechanism import Mechanism, Setting, Step, is_denied
from grader.sandbox.syscalls import machine, number

ALLOWED = """
read write readv writev pread64 lseek close fstat poll ppoll
mmap munmap mremap mprotect brk madvise membarrier
rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall
futex set_robust_list rseq sched_yield sched_getaffinity
clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday times getrusage
getpid gettid getuid geteuid getgid getegid
getrandom getcwd uname sysinfo exit exit_group
""".split()

RULES = (
    *(Rule(name, ALLOW) for name in ALLOWED),
    Rule("prlimit64", ALLOW, (*equals(0, 0), *equals(2, 0))),  # one's own limits, to be read
    Rule("fcntl", ALLOW, (at_least(1, 1), at_most(1, 3))),  # F_GETFD, F_SETFD, F_GETFL
    Rule("ioctl", ERRNO | errno.ENOTTY),  # what isatty() expects of something that is no terminal
    Rule("clone3", ERRNO | errno.ENOSYS),  # so that the C library falls back to clone, and reports that
)


@cache
def program(*, with_exec_memory: bool) -> bytes:
    """The filter: these calls, and EPERM for all others; W^X comes first where it is chosen too."""
    rules = (*(exec_memory.RULES if with_exec_memory else ()), *RULES)
    return assemble(machine(), rules, ERRNO | errno.EPERM)


def _steps(setting: Setting) -> list[Step]:
    return [loading(program(with_exec_memory=exec_memory.EXEC_MEMORY.name in setting.mechanisms))]


def _holds(setting: Setting) -> bool:
    def segment() -> None:
        identifier = system_call(number("shmget"), 0, 4096, 0o1600)
        system_call(number("shmctl"), identifier, 0)

    return (
        is_denied(lambda: socket.socket().close())
        and is_denied(lambda: os.kill(setting.zygote, 0))
        and is_denied(segment)
    )


SYSTEM_CALLS = Mechanism(
    "seccomp",
    exec_memory.missing,
    _steps,
    _holds,
    needs=("no new privileges",),
)
