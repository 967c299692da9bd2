"""Raises an exception with characters that no encoding has."""


def relu_forward(x):
    raise ValueError("\ud800\udfff\x00\x1b[2J\x07" + chr(0x10FFFF))
