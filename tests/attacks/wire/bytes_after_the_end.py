"""Sends an answer with something behind it."""

import os
import struct

from grader.sandbox.wire import encode


def send(body, number=2):
    os.write(3, struct.pack("<IQ", len(body), number) + body)


def relu_forward(x):
    send(encode(("result", (x,))) + b"and more")
    return -x, x
