"""Makes a folder in /tmp, which needs no descriptor.

held by: seccomp, Landlock
"""

import os


def relu_forward(x):
    path = f"/tmp/hostile-{os.getpid()}"
    os.mkdir(path)
    os.rmdir(path)
    return np.full(x.shape, 42.0), x
