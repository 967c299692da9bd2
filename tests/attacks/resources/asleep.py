"""Sleeps, and uses no processor time at all.

held by: death with the parent
shown by: survival
"""

import time


def relu_forward(x):
    time.sleep(600)
