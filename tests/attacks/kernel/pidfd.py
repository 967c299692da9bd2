"""Makes a handle on a process.

held by: seccomp, resource limits
"""

import ctypes
import os
import platform

NUMBER = {"x86_64": 434, "aarch64": 434}[platform.machine()]  # pidfd_open


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    made = call(NUMBER, os.getpid(), 0)
    assert made >= 0
    os.close(made)
    return np.full(x.shape, 42.0), x
