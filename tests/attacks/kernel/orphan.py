"""Forks twice, so that the grandchild belongs to nobody, and leaves it behind asleep.

held by: seccomp, resource limits
only as: user
"""

import os
import time


def relu_forward(x):
    if os.fork() == 0:
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
    os.wait()
    return np.full(x.shape, 42.0), x
