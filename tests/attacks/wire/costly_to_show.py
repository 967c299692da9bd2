"""Answers thousands of arrays, which take long to print."""


def relu_forward(x):
    return [np.arange(900.0) + 0.1] * 8000, x
