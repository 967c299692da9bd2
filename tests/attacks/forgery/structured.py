"""Answers records in which the right numbers are a field."""


def relu_forward(x):
    return np.maximum(x, 0).view([("out", float)]), x
