"""Makes every odd thing that has a descriptor: events, timers, polls, signals, pipes.

held by: seccomp, resource limits
"""

import ctypes
import os
import platform

CALLS = {
    "x86_64": {290: (0, 0), 283: (1, 0), 291: (0,), 289: (-1, bytes(8), 8, 0)},
    "aarch64": {19: (0, 0), 85: (1, 0), 20: (0,), 74: (-1, bytes(8), 8, 0)},
}[platform.machine()]  # eventfd2, timerfd_create, epoll_create1, signalfd4


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    made = []
    for number, arguments in CALLS.items():
        made.append(call(number, *arguments))
    for end in [*made, *(os.pipe() if max(made) < 0 else ())]:
        os.close(end)
    return np.full(x.shape, 42.0), x
