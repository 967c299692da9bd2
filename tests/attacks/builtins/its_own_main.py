"""Puts another object in the place of the module in which its functions are looked for."""

import sys


class Main:
    def __init__(self, module):
        self.__dict__ = {**module.__dict__, "relu_forward": lambda x: (SystemExit, x)}


class Now:
    sys.modules["__main__"] = Main(sys.modules["__main__"])


def relu_forward(x):
    return -x, x
