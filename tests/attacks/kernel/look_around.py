"""Asks what files there are without opening one, which Landlock does not mind.

held by: seccomp
"""

import os


def relu_forward(x):
    assert os.stat("/etc/passwd").st_size
    assert os.readlink("/proc/self/exe")
    return np.full(x.shape, 42.0), x
