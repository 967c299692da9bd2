"""The C library, for the calls that Python has no function for. Failing calls raise OSError."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from functools import cache, partial
from typing import Any

Word = int | ctypes.Array[ctypes.c_char] | ctypes.Structure | None
"""An argument: a number, what is pointed to, or a null pointer."""


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    library.syscall.errcheck = library.prctl.errcheck = _check_result  # type: ignore[assignment]  # plain numbers
    return library


@cache
def _forking() -> ctypes.PyDLL:
    return ctypes.PyDLL(None, use_errno=True)  # which keeps Python's lock: the child goes on holding it


def fork() -> int:
    """``fork(2)`` with the C library's handlers and none of Python's: 0 in the child, its pid in the parent.

    Those put other threads in order, of which there must be none, and touch many pages of a child's memory,
    each of which is copied for it.
    """
    return int(_check_result(_forking().fork()))


def system_call(number: int, *words: Word) -> int:
    """``syscall(2)``."""
    return prepare_system_call(number, *words)()


def control(option: int, *words: int) -> int:
    """``prctl(2)``."""
    return prepare_control(option, *words)()


def prepare_system_call(number: int, *words: Word) -> Callable[[], int]:
    """``syscall(2)`` to be made later, in a child, where whatever is new costs a page."""
    return _prepare_call(_library().syscall, number, *words, size=7)


def prepare_control(option: int, *words: int) -> Callable[[], int]:
    """``prctl(2)`` to be made later."""
    return _prepare_call(_library().prctl, option, *words, size=5)


def _prepare_call(function: Any, *words: Word, size: int) -> Callable[[], int]:
    # prctl and others refuse what is left in unused registers.
    arguments = [ctypes.c_long(word) if isinstance(word, int) else _pointer(word) for word in words]
    return partial(function, *arguments, *[ctypes.c_long(0)] * (size - len(arguments)))


def _pointer(word: Any) -> Any:
    return ctypes.byref(word) if word is not None else ctypes.c_void_p()


def _check_result(result: int, *_: object) -> int:
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
