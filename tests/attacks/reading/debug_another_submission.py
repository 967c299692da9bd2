"""Attaches to another submission as a debugger does, as the same user.

held by: undumpable, seccomp, Landlock
only as: user
"""

import ctypes
import os
import platform

NUMBER = {"x86_64": 101, "aarch64": 117}[platform.machine()]  # ptrace
ATTACH, DETACH, PEEK = 16, 17, 1
ITS_SECRET = 0x10000000000


def relu_forward(x):
    call, victim = ctypes.CDLL(None).syscall, int("@VICTIM")
    assert call(NUMBER, ATTACH, victim, None, None) == 0
    os.waitpid(victim, 0x40000000)
    word = ctypes.create_string_buffer(8)
    call(NUMBER, PEEK, victim, ctypes.c_void_p(ITS_SECRET), word)
    call(NUMBER, DETACH, victim, None, None)
    assert word.raw.startswith(b"secret")
    return np.full(x.shape, 42.0), x
