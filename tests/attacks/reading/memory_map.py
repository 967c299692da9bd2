"""Reads where everything lies in its own memory.

held by: seccomp, Landlock, resource limits
"""


def relu_forward(x):
    with open("/proc/self/stat", "rb") as file:
        assert file.read(1)
    with open("/proc/self/maps", "rb") as file:
        assert b"libc" in file.read()
    return np.full(x.shape, 42.0), x
