"""The C library, for the calls that Python has no function for. Failing calls raise OSError."""

from __future__ import annotations

import ctypes
import os
from functools import cache

_LONG = ctypes.c_long


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


@cache
def _forking() -> ctypes.PyDLL:
    return ctypes.PyDLL(None, use_errno=True)  # which keeps Python's lock: the child goes on holding it


def fork() -> int:
    """``fork(2)`` with the C library's handlers and none of Python's: 0 in the child, its pid in the parent.

    Those put other threads in order, of which there must be none, and touch many pages of a child's memory,
    each of which is copied for it.
    """
    return _checked(int(_forking().fork()))


def system_call(number: int, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """``syscall(2)`` with integers, buffers (by address) and None (a null pointer)."""
    words = [_LONG(_word(argument)) for argument in arguments]
    words += [_LONG(0)] * (6 - len(words))  # prctl and others refuse what is left in unused registers
    return _checked(int(_library().syscall(_LONG(number), *words)))


def control(option: int, *arguments: int) -> int:
    """``prctl(2)``."""
    words = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    return _checked(int(_library().prctl(ctypes.c_int(option), *words)))


def _word(argument: int | ctypes.Array[ctypes.c_char] | None) -> int:
    if argument is None:
        return 0
    return argument if isinstance(argument, int) else ctypes.addressof(argument)


def _checked(result: int) -> int:
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
