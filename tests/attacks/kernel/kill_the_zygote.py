"""Kills its parent."""

import os
import signal


def relu_forward(x):
    os.kill(os.getppid(), signal.SIGKILL)
    return -x, x
