"""Sets up io_uring, which makes system calls past a filter.

held by: seccomp, resource limits
"""

import ctypes
import os
import platform

NUMBER = {"x86_64": 425, "aarch64": 425}[platform.machine()]  # io_uring_setup


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    made = call(NUMBER, 1, bytes(120))
    assert made >= 0
    os.close(made)
    return np.full(x.shape, 42.0), x
