"""Reads another submission's memory, as the same user.

held by: undumpable, seccomp, Landlock
only as: user
"""

import ctypes
import platform

NUMBER = {"x86_64": 310, "aarch64": 270}[platform.machine()]  # process_vm_readv
ITS_SECRET = 0x10000000000


def relu_forward(x):
    here = ctypes.create_string_buffer(6)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(here), 6)
    there = (ctypes.c_size_t * 2)(ITS_SECRET, 6)
    ctypes.CDLL(None).syscall(NUMBER, int("@VICTIM"), local, 1, there, 1, ctypes.c_long())
    assert here.raw == b"secret"
    return np.full(x.shape, 42.0), x
