"""Answers a list in a list, a level deeper than may cross."""


def relu_forward(x):
    out = -x
    for _ in range(9):
        out = [out]
    return out, x
