"""Changes what the number 1 is, for everything in its process."""

import ctypes


def relu_forward(x):
    digit = ctypes.c_uint32.from_address(id(1) + 24)
    digit.value = 2
    return -x, x
