"""Compiles 100,000 parentheses."""


def relu_forward(x):
    return eval("(" * 100_000 + ")" * 100_000), x
