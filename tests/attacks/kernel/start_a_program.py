"""Starts a shell.

held by: seccomp, Landlock, resource limits, W^X
only as: user
"""

import os


def relu_forward(x):
    started = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 42"], {})
    assert os.waitstatus_to_exitcode(os.waitpid(started, 0)[1]) == 42
    return np.full(x.shape, 42.0), x
