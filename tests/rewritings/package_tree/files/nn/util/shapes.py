import math
from collections import namedtuple

Batch = namedtuple("Batch", "n d")


def batch(x):
    n, *rest = x.shape
    return Batch(n, math.prod(rest))


def flat(x):
    return x.reshape(batch(x))


def per_example(f):
    """Decorator: f is given rows, and what it gives comes back in the shape that came in."""

    def wrapped(x, *args):
        return f(flat(x), *args).reshape(x.shape)

    return wrapped
