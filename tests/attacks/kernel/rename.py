"""Swaps one folder for another under the grader's hands.

held by: seccomp, Landlock
"""

import os


def relu_forward(x):
    path = f"/tmp/hostile-{os.getpid()}"
    os.mkdir(path)
    os.rename(path, path + "-swapped")
    os.rmdir(path + "-swapped")
    return np.full(x.shape, 42.0), x
