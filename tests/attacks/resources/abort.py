"""Aborts, and would leave a core dump."""

import os


def relu_forward(x):
    os.abort()
