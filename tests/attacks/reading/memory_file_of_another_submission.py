"""Reads another submission's memory through /proc, as the same user.

held by: undumpable, seccomp, Landlock, resource limits
only as: user
"""

import os

ITS_SECRET = 0x10000000000


def relu_forward(x):
    memory = os.open("/proc/@VICTIM/mem", os.O_RDONLY)
    assert os.pread(memory, 6, ITS_SECRET) == b"secret"
    os.close(memory)
    return np.full(x.shape, 42.0), x
