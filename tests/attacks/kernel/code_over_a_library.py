"""Writes machine code over a library's own through /proc/self/mem, which asks no page for leave.

held by: own user, seccomp, Landlock, resource limits
only as: root
"""

import ctypes
import os
import platform

CODE = {
    "x86_64": b"\xb8\x2a\0\0\0\xc3",
    "aarch64": b"\x40\x05\x80\x52\xc0\x03\x5f\xd6",
}[platform.machine()]  # return 42


def relu_forward(x):
    unused = ctypes.CDLL(None).getdate
    address = ctypes.cast(unused, ctypes.c_void_p).value
    memory = os.open("/proc/self/mem", os.O_RDWR)
    before = os.pread(memory, len(CODE), address)
    os.pwrite(memory, CODE, address)
    answer = float(unused())
    os.pwrite(memory, before, address)
    os.close(memory)
    return np.full(x.shape, answer), x
