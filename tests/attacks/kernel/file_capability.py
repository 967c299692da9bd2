"""Starts a program that has a power of root's by its file.

held by: no new privileges, seccomp, Landlock
only as: user
"""

import os


def relu_forward(x):
    os.execv("@PREPARED/file_capability", ["program"])  # it answers 42 on our wire, if it gains what it wants
