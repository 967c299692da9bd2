"""Asks to be told what happens to files.

held by: seccomp, resource limits
"""

import ctypes
import os
import platform

NUMBER = {"x86_64": 294, "aarch64": 26}[platform.machine()]  # inotify_init1


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    made = call(NUMBER, 0)
    assert made >= 0
    os.close(made)
    return np.full(x.shape, 42.0), x
