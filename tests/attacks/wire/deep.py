"""Sends lists in lists, 100,000 deep."""

import os
import struct

from grader.sandbox.wire import encode


def send(body, number=2):
    os.write(3, struct.pack("<IQ", len(body), number) + body)


def relu_forward(x):
    send(encode(("result", None))[:-1] + b"l\1\0\0\0" * 100_000 + b"N")
    return -x, x
