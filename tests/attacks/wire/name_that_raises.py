"""Raises an exception whose class cannot say its own name."""


class Nameless(type):
    __name__ = property(lambda cls: 1 / 0)


class Unspeakable(Exception, metaclass=Nameless):
    pass


def relu_forward(x):
    raise Unspeakable
