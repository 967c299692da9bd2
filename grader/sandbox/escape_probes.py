"""What a sealed child must not be able to do: each is tried once at start, in a child without student code.

The level of a sandbox is what these attempts came to, whatever was asked of the kernel. An attempt that works
undoes what it did.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from grader.sandbox.libc import system_call
from grader.sandbox.mechanisms import Setting, is_denied
from grader.sandbox.syscalls import NUMBERS, machine, number


@dataclass(frozen=True, slots=True)
class EscapeProbe:
    """Something to try; ``make`` raises OSError where it is denied.

    What is tried is told by the catalogue, as ``probe.<name>``.
    """

    name: str
    make: Callable[[Setting], object]
    linux_only: bool = False


def _read_a_file(setting: Setting) -> None:
    with open(sys.executable, "rb") as file:  # a file that is surely there
        file.read(1)


def _make_a_folder(setting: Setting) -> None:
    path = f"{_SCRATCH}/grader-probe-{os.getpid()}"
    os.mkdir(path)
    os.rmdir(path)


def _connect(setting: Setting) -> None:
    with socket.socket() as one:
        try:
            one.connect(("127.0.0.1", 9))
        except ConnectionRefusedError:
            return  # nobody listens there, but the way was free


def _make_a_socket(setting: Setting) -> None:
    for end in socket.socketpair():
        end.close()


def _fork(setting: Setting) -> None:
    process = os.fork()
    if process == 0:
        os._exit(0)
    os.waitpid(process, 0)


def _start_a_program(setting: Setting) -> None:
    try:
        os.execv("/nonexistent/program", ["program"])
    except FileNotFoundError:
        return  # the kernel looked for it: it would have been started


def _signal(setting: Setting) -> None:
    os.kill(setting.zygote, 0)


def _read_memory(setting: Setting) -> None:
    """One byte of the zygote's memory, at an address that is mapped in both."""
    here = ctypes.create_string_buffer(8)
    span = ctypes.create_string_buffer(16)
    ctypes.memmove(span, (ctypes.c_size_t * 2)(ctypes.addressof(here), 1), 16)
    system_call(number("process_vm_readv"), setting.zygote, span, 1, span, 1, 0)


def _executable_memory(setting: Setting) -> None:
    everything = mmap.PROT_READ | mmap.PROT_WRITE | getattr(mmap, "PROT_EXEC", 4)
    mmap.mmap(-1, 4096, prot=everything).close()


def _shared_segment(setting: Setting) -> None:
    segment = system_call(number("shmget"), 0, 4096, 0o1600)
    system_call(number("shmctl"), segment, 0)


def _namespace(setting: Setting) -> None:
    system_call(number("unshare"), 0x10000000)  # CLONE_NEWUSER


def _memory_file(setting: Setting) -> None:
    name = ctypes.create_string_buffer(b"probe")
    os.close(system_call(number("memfd_create"), name, 0))


def _much_memory(setting: Setting) -> None:
    mmap.mmap(-1, setting.limits.memory).close()


def _raise_a_limit(setting: Setting) -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most + 1, most + 1))


_SCRATCH = tempfile.gettempdir()  # found while it still can be

ESCAPE_PROBES: tuple[EscapeProbe, ...] = (
    EscapeProbe("file", _read_a_file),
    EscapeProbe("folder", _make_a_folder),
    EscapeProbe("port", _connect),
    EscapeProbe("socket", _make_a_socket),
    EscapeProbe("process", _fork),
    EscapeProbe("program", _start_a_program),
    EscapeProbe("signal", _signal),
    EscapeProbe("memory", _much_memory),
    EscapeProbe("limit", _raise_a_limit),
    EscapeProbe("grader memory", _read_memory, linux_only=True),
    EscapeProbe("executable memory", _executable_memory, linux_only=True),
    EscapeProbe("shared memory", _shared_segment, linux_only=True),
    EscapeProbe("memory file", _memory_file, linux_only=True),
    EscapeProbe("namespace", _namespace, linux_only=True),
)


def run_probes(setting: Setting) -> list[tuple[str, bool]]:
    """(name, denied) of every attempt that means something on this system."""
    linux = sys.platform == "linux" and machine() in NUMBERS
    return [
        (attempt.name, is_denied(lambda attempt=attempt: attempt.make(setting)))  # type: ignore[misc]
        for attempt in ESCAPE_PROBES
        if linux or not attempt.linux_only
    ]
