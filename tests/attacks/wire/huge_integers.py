"""Answers integers beyond 64 bits."""


def relu_forward(x):
    return [2**63, -(2**200), 10**5000], x
