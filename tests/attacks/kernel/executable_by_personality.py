"""Asks that whatever is readable be executable, so that no filter sees a page made so.

held by: seccomp, memory-deny-write-execute
"""

import ctypes
import mmap
import platform

CODE = {
    "x86_64": b"\xb8\x2a\0\0\0\xc3",
    "aarch64": b"\x40\x05\x80\x52\xc0\x03\x5f\xd6",
}[platform.machine()]  # return 42
NUMBER = {"x86_64": 135, "aarch64": 92}[platform.machine()]  # personality


def relu_forward(x):
    readable_is_executable = 0x0400000
    assert ctypes.CDLL(None).syscall(NUMBER, readable_is_executable) >= 0
    page = mmap.mmap(-1, 4096)
    page.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return np.full(x.shape, float(ctypes.CFUNCTYPE(ctypes.c_int)(address)())), x
