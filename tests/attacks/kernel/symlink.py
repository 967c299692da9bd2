"""Lays a link to somewhere else where the grader might follow it.

held by: seccomp, Landlock
"""

import os


def relu_forward(x):
    path = f"/tmp/hostile-{os.getpid()}"
    os.symlink("/etc/passwd", path)
    os.unlink(path)
    return np.full(x.shape, 42.0), x
