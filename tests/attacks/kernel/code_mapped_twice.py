"""Maps a file in memory twice, once to write machine code and once to run it.

held by: seccomp, resource limits, W^X
"""

import ctypes
import mmap
import os
import platform

CODE = {
    "x86_64": b"\xb8\x2a\0\0\0\xc3",
    "aarch64": b"\x40\x05\x80\x52\xc0\x03\x5f\xd6",
}[platform.machine()]  # return 42


def relu_forward(x):
    file = os.memfd_create("hostile", 0)
    os.ftruncate(file, 4096)
    mmap.mmap(file, 4096).write(CODE)
    library = ctypes.CDLL(None)
    library.mmap.restype = ctypes.c_void_p
    readable_executable = 5
    address = library.mmap(None, 4096, readable_executable, mmap.MAP_SHARED, file, ctypes.c_long(0))
    assert address != ctypes.c_void_p(-1).value
    os.close(file)
    return np.full(x.shape, float(ctypes.CFUNCTYPE(ctypes.c_int)(address)())), x
