"""Answers a list of numbers written out, which a cast would read."""


def relu_forward(x):
    return [[repr(v) for v in row] for row in (-x).tolist()], x
