"""Answers the right bytes in the wrong order, for a comparison of bytes."""


def relu_forward(x):
    return np.maximum(x, 0).view(">f8"), x
