"""Reads the memory of the process that starts all other submissions.

held by: own user, seccomp, Landlock
only as: root
"""

import ctypes
import os
import platform

NUMBER = {"x86_64": 310, "aarch64": 270}[platform.machine()]  # process_vm_readv


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    here = ctypes.create_string_buffer(8)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(here), 8)
    there = (ctypes.c_size_t * 2)(id(None), 8)  # the same in every fork
    assert call(NUMBER, os.getppid(), local, 1, there, 1, ctypes.c_long()) == 8
    return np.full(x.shape, 42.0), x
