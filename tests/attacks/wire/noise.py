"""Writes noise to the wire."""

import os


def relu_forward(x):
    os.write(3, bytes(range(255, -1, -1)) * 64)
    return -x, x
