"""Loops for ever while it is loaded."""


class Now:
    while True:
        pass


def relu_forward(x):
    return -x, x
