"""macOS: the sandbox profile ``pure-computation``, applied after NumPy is loaded.

Denies: files, network and other processes; what is open and loaded stays usable. Written from Apple's
``sandbox.h``; the probe at start decides what is claimed, not this file.
Seen to hold: the root folder cannot be read, a socket cannot be connected.
"""

from __future__ import annotations

import ctypes
import os
import socket

from grader.sandbox.mechanisms.mechanism import Mechanism, Setting, is_denied, only_on

_NAMED = 1  # SANDBOX_NAMED
_PROFILE = b"pure-computation"  # kSBXProfilePureComputation


def _apply() -> None:
    library = ctypes.CDLL("/usr/lib/libSystem.B.dylib", use_errno=True)
    message = ctypes.c_char_p()
    if library.sandbox_init(_PROFILE, ctypes.c_uint64(_NAMED), ctypes.byref(message)) != 0:
        reason = (message.value or b"no reason given").decode("utf-8", "replace")
        raise OSError(1, f"sandbox_init: {reason}")


def _holds(setting: Setting) -> bool:
    return is_denied(lambda: os.listdir("/")) and is_denied(_connect)


def _connect() -> None:
    with socket.socket() as one:
        one.connect(("127.0.0.1", 9))


PURE_COMPUTATION = Mechanism(
    "sandbox_init",
    lambda: only_on("darwin"),
    lambda setting: [_apply],
    _holds,
)
