"""Writes machine code first, makes the page executable afterwards, and runs it.

held by: W^X, memory-deny-write-execute
"""

import ctypes
import mmap
import platform

CODE = {
    "x86_64": b"\xb8\x2a\0\0\0\xc3",
    "aarch64": b"\x40\x05\x80\x52\xc0\x03\x5f\xd6",
}[platform.machine()]  # return 42


def relu_forward(x):
    page = mmap.mmap(-1, 4096)
    page.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    readable_executable = 5
    assert ctypes.CDLL(None).mprotect(ctypes.c_void_p(address), 4096, readable_executable) == 0
    return np.full(x.shape, float(ctypes.CFUNCTYPE(ctypes.c_int)(address)())), x
