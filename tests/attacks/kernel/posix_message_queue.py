"""Makes a POSIX message queue, which outlives its maker.

held by: seccomp, Landlock, resource limits
only as: user
"""

import ctypes
import os
import platform

MAKE, REMOVE = {"x86_64": (240, 241), "aarch64": (180, 181)}[platform.machine()]  # mq_open, mq_unlink


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    name = f"hostile-{os.getpid()}".encode()
    made = call(MAKE, name, os.O_CREAT | os.O_RDWR, 0o600, None)
    assert made >= 0
    call(REMOVE, name)
    os.close(made)
    return np.full(x.shape, 42.0), x
