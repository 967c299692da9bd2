"""Raises ten thousand exceptions in each other, and a chain that is a ring."""


def relu_forward(x):
    inner = ValueError("in the middle")
    inner.__context__ = inner.__cause__ = KeyError(inner)
    inner.__cause__.__cause__ = inner
    for _ in range(10_000):
        inner = ExceptionGroup("around", [inner])
    raise inner
