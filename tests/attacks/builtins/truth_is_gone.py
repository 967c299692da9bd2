"""Frees None until nobody has it."""

import ctypes


def relu_forward(x):
    ctypes.c_int64.from_address(id(None)).value = 1
    a = None
    del a
    return None
