"""Fills the disk (a megabyte of it).

held by: seccomp, Landlock, resource limits
"""

import os


def relu_forward(x):
    path = f"/tmp/hostile-{os.getpid()}"
    try:
        with open(path, "wb") as file:
            file.write(bytes(1 << 20))
    finally:
        os.path.exists(path) and os.unlink(path)
    return np.full(x.shape, 42.0), x
