"""Reads the environment of its parent.

held by: own user, seccomp, Landlock, resource limits
only as: root
"""

import os


def relu_forward(x):
    with open(f"/proc/{os.getppid()}/environ", "rb") as file:
        assert b"PATH=" in file.read(1 << 20)
    return np.full(x.shape, 42.0), x
