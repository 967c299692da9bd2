"""Attaches a shared segment twice, once to write machine code and once to run it.

held by: seccomp, W^X
"""

import ctypes
import platform

CODE = {
    "x86_64": b"\xb8\x2a\0\0\0\xc3",
    "aarch64": b"\x40\x05\x80\x52\xc0\x03\x5f\xd6",
}[platform.machine()]  # return 42


def relu_forward(x):
    library = ctypes.CDLL(None)
    library.shmat.restype = ctypes.c_void_p
    made = library.shmget(0, 4096, 0o700)
    assert made >= 0
    read_only, executable = 0o10000, 0o100000
    writable = library.shmat(made, None, 0)
    runnable = library.shmat(made, None, read_only | executable)
    library.shmctl(made, 0, None)
    assert runnable != ctypes.c_void_p(-1).value
    ctypes.memmove(writable, CODE, len(CODE))
    return np.full(x.shape, float(ctypes.CFUNCTYPE(ctypes.c_int)(runnable)())), x
