"""Leaves its answer to a signal handler.

held by: seccomp
"""

import signal


def relu_forward(x):
    got = []
    signal.signal(signal.SIGUSR1, lambda *_: got.append(42.0))
    signal.raise_signal(signal.SIGUSR1)
    return np.full(x.shape, got[0]), x
