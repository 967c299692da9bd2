"""Asks to handle page faults itself, as exploits of races in the kernel do.

held by: seccomp, resource limits
"""

import ctypes
import os
import platform

NUMBER = {"x86_64": 323, "aarch64": 282}[platform.machine()]  # userfaultfd


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    made = call(NUMBER, 1)
    assert made >= 0
    os.close(made)
    return np.full(x.shape, 42.0), x
