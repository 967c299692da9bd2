"""Opens a file that everybody may read.

held by: seccomp, Landlock, resource limits
"""


def relu_forward(x):
    with open("/etc/passwd") as file:
        assert file.read(1)
    return np.full(x.shape, 42.0), x
