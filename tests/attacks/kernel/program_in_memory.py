"""Writes a program into memory and starts it from there, where no path is asked for.

held by: seccomp, resource limits
only as: user
"""

import ctypes
import os
import platform
import struct

EXIT_42 = {
    "x86_64": (62, b"\xbf\x2a\0\0\0\xb8\x3c\0\0\0\x0f\x05", 322),
    "aarch64": (183, b"\x40\x05\x80\xd2\xa8\x0b\x80\xd2\x01\0\0\xd4", 281),
}  # the machine's number in ELF, `exit(42)` in its code, execveat


def program():
    machine, code, _ = EXIT_42[platform.machine()]
    base, size = 0x400000, 120 + len(code)
    head = b"\x7fELF\2\1\1".ljust(16, b"\0")
    head += struct.pack("<HHIQQQIHHHHHH", 2, machine, 1, base + 120, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    return head + struct.pack("<IIQQQQQQ", 1, 5, 0, base, base, size, size, 4096) + code


def relu_forward(x):
    file = os.memfd_create("hostile", 0)
    os.write(file, program())
    process = os.fork()
    if process == 0:
        execveat, empty_path = EXIT_42[platform.machine()][2], 0x1000
        none = (ctypes.c_char_p * 1)(None)
        ctypes.CDLL(None).syscall(execveat, file, b"", none, none, empty_path)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 42
    return np.full(x.shape, 42.0), x
