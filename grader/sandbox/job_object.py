"""Windows: a job object holds a child to its memory, its processor time and one process, and ends with us.

Denies: more than the stated memory and processor time, new processes, outliving the grader. It does not
deny files or network: Windows stays at level `limited`. From Microsoft's pages on job objects.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys

from grader.sandbox.limits import Limits

_PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x2, 0x8, 0x100, 0x2000
_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation


class _BasicLimits(ctypes.Structure):
    _fields_ = [
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    ]


class _ExtendedLimits(ctypes.Structure):
    _fields_ = [
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    ]


def limits_record(limits: Limits) -> _ExtendedLimits:
    """The limits as Windows takes them: bytes, and time in units of 100 ns."""
    record = _ExtendedLimits()
    record.BasicLimitInformation.LimitFlags = (
        _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _KILL_ON_CLOSE
    )
    record.BasicLimitInformation.PerProcessUserTimeLimit = limits.cpu * 10_000_000
    record.BasicLimitInformation.ActiveProcessLimit = 1
    record.ProcessMemoryLimit = limits.memory
    return record


def bind(process: subprocess.Popen[bytes], limits: Limits) -> None:
    """Put a child in a job of its own. The job's handle stays open as long as the process's record does."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        record = limits_record(limits)
        fine = kernel.SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(record), ctypes.sizeof(record)
        )
        if not fine or not kernel.AssignProcessToJobObject(job, ctypes.c_void_p(int(process._handle))):
            process.kill()
            raise ctypes.WinError(ctypes.get_last_error())
        process.job = job  # type: ignore[attr-defined]  # closed with the record, and the child with it
