"""Raises what an operator's Ctrl-C raises."""


def relu_forward(x):
    raise KeyboardInterrupt
