"""Ignores every signal that can be ignored, and loops.

held by: parent-death signal
shown by: survival
"""

import signal


def relu_forward(x):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
