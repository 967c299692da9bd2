"""Raises an exception that raises when it is asked what it says."""


class Mute(Exception):
    def __str__(self):
        raise Mute

    __repr__ = __str__


def relu_forward(x):
    raise Mute(x)
