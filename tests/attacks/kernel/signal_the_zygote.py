"""Asks whether it could kill its parent.

held by: seccomp, Landlock
only as: user
"""

import os


def relu_forward(x):
    os.kill(os.getppid(), 0)
    return np.full(x.shape, 42.0), x
