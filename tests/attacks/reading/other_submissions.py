"""Reads another student's submission where the grader keeps it.

held by: own user, seccomp, Landlock, resource limits
only as: root
"""


def relu_forward(x):
    with open("@FOLDER/attack.py", "rb") as file:
        assert b"affine_forward" in file.read(1 << 20)
    return np.full(x.shape, 42.0), x
