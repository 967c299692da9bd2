"""Answers a list that holds itself."""


def relu_forward(x):
    out = []
    out.append(out)
    return out, x
