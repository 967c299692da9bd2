"""Asks whether it could kill the first process of the machine.

held by: own user, seccomp, Landlock
only as: root
"""

import os


def relu_forward(x):
    os.kill(1, 0)
    return np.full(x.shape, 42.0), x
