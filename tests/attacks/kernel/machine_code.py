"""Writes machine code into a page that is writable and executable, and runs it.

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
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return np.full(x.shape, float(ctypes.CFUNCTYPE(ctypes.c_int)(address)())), x
