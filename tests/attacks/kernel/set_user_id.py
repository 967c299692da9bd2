"""Starts a program that becomes root.

held by: no new privileges, seccomp, Landlock
only as: user
"""

import os


def relu_forward(x):
    os.execv("@PREPARED/set_user_id", ["program"])  # it answers 42 on our wire, if it gains what it wants
