"""Makes a shared memory segment, which outlives its maker.

held by: seccomp
"""

import ctypes
import platform

MAKE, CONTROL = {"x86_64": (29, 31), "aarch64": (194, 195)}[platform.machine()]  # shmget, shmctl
REMOVE = 0


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    made = call(MAKE, 0, 4096, 0o600)
    assert made >= 0
    call(CONTROL, made, REMOVE, None)
    return np.full(x.shape, 42.0), x
