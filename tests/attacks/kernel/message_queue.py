"""Makes a System V message queue, to talk to another submission.

held by: seccomp
"""

import ctypes
import platform

MAKE, CONTROL = {"x86_64": (68, 71), "aarch64": (186, 187)}[platform.machine()]  # msgget, msgctl
REMOVE = 0


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    made = call(MAKE, 0, 0o600)
    assert made >= 0
    call(CONTROL, made, REMOVE, None)
    return np.full(x.shape, 42.0), x
