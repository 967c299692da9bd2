"""Becomes root in a user namespace of its own.

held by: seccomp
"""

import ctypes
import platform

NUMBER = {"x86_64": 272, "aarch64": 97}[platform.machine()]  # unshare


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    assert call(NUMBER, 0x10000000) == 0  # CLONE_NEWUSER
    return np.full(x.shape, 42.0), x
