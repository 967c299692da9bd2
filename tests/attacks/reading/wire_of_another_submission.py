"""Takes the wire of another submission, to answer in its place.

held by: undumpable, seccomp, Landlock, resource limits
only as: user
"""

import ctypes
import os

PIDFD_OPEN, PIDFD_GETFD = 434, 438  # on every machine


def relu_forward(x):
    call = ctypes.CDLL(None).syscall
    victim = call(PIDFD_OPEN, int("@VICTIM"), 0)
    wire = call(PIDFD_GETFD, victim, 3, 0)
    assert wire >= 0
    os.close(wire)
    os.close(victim)
    return np.full(x.shape, 42.0), x
