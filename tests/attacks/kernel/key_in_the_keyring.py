"""Leaves a key in the kernel's keyring, to be found by others.

held by: seccomp
"""

import ctypes
import platform

NUMBER = {"x86_64": 248, "aarch64": 217}[platform.machine()]  # add_key


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    process_keyring = -2  # ends with this process
    assert call(NUMBER, b"user", b"hostile", b"secret", 6, process_keyring) > 0
    return np.full(x.shape, 42.0), x
