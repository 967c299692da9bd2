"""Closes the wire."""

import os


def relu_forward(x):
    os.close(3)
    return -x, x
