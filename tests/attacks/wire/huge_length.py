"""Announces four gigabytes, and sends them slowly."""

import os


def relu_forward(x):
    os.write(3, b"\xff\xff\xff\xff" + bytes(1000))
    return -x, x
