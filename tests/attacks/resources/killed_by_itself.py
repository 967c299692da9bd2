"""Kills itself, to look like somebody who ran out of memory."""

import os
import signal


def relu_forward(x):
    os.kill(os.getpid(), signal.SIGKILL)
