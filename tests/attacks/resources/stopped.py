"""Stops itself, and waits for somebody to wake it."""

import os
import signal
import time


def relu_forward(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(600)
