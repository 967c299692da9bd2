"""Reads from address 0."""

import ctypes


def relu_forward(x):
    ctypes.string_at(0)
    return -x, x
