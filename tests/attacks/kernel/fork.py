"""Forks a child that goes on for ever.

held by: seccomp, resource limits
only as: user
"""

import os


def relu_forward(x):
    if os.fork() == 0:
        while True:
            pass
    return np.full(x.shape, 42.0), x
