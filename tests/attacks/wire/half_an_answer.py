"""Begins an answer, and says nothing more."""

import os
import time


def relu_forward(x):
    os.write(3, b"\x40".ljust(12, b"\0") + b"t")
    time.sleep(600)
