"""Starts threads, which cannot be counted as processes.

held by: seccomp, resource limits
only as: user
"""

import _thread


def relu_forward(x):
    lock = _thread.allocate_lock()
    lock.acquire()
    for _ in range(8):
        _thread.start_new_thread(lock.acquire, ())
    return np.full(x.shape, 42.0), x
