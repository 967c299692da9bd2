"""Makes a device, to reach the disk past all files.

held by: own user, seccomp, Landlock
only as: root
"""

import os
import stat


def relu_forward(x):
    path = f"/tmp/hostile-{os.getpid()}"
    os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    os.unlink(path)
    return np.full(x.shape, 42.0), x
