"""Starts a program that becomes a member of root's group.

held by: no new privileges, seccomp, Landlock
only as: user
"""

import os


def relu_forward(x):
    os.execv("@PREPARED/set_group_id", ["program"])  # it answers 42 on our wire, if it gains what it wants
