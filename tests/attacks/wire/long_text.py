"""Answers a text of a byte more than may cross."""


def relu_forward(x):
    return "x" * ((64 << 10) + 1), x
