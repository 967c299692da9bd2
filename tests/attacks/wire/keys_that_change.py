"""Answers a dict with other keys each time, some of them no text."""

import itertools


class Changing(dict):
    def items(self):
        return ((str(n) if n < 5 else n, self) for n in itertools.count())


def relu_forward(x):
    return Changing(a=x), x
