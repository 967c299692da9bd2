"""Connects to a port of this machine.

held by: seccomp, Landlock, resource limits
"""

import socket


def relu_forward(x):
    with socket.socket() as one:
        try:
            one.connect(("127.0.0.1", 9))
        except ConnectionRefusedError:
            pass  # nobody is there, but the way was free
    return np.full(x.shape, 42.0), x
