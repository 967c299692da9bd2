"""Sleeps, and uses no processor time at all.

held by: parent-death signal
shown by: survival
"""

import time


def relu_forward(x):
    time.sleep(600)
