"""Reads a file that is root's alone.

held by: own user, seccomp, Landlock, resource limits
only as: root
"""


def relu_forward(x):
    with open("/etc/shadow", "rb") as file:
        assert b"root" in file.read(1 << 20)
    return np.full(x.shape, 42.0), x
