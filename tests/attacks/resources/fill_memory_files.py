"""Fills the memory of the machine by a file that has no name.

held by: seccomp, resource limits
"""

import os


def relu_forward(x):
    file = os.memfd_create("hostile")
    os.write(file, bytes(1 << 20))
    os.close(file)
    return np.full(x.shape, 42.0), x
