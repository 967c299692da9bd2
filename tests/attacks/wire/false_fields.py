"""Sends a result each of whose fields is of a wrong type."""

import os
import struct

from grader.sandbox.wire import encode


def send(body, number=2):
    os.write(3, struct.pack("<IQ", len(body), number) + body)


def relu_forward(x):
    nan = float("nan")
    for fields in (([x, x], 3, {"a": nan}, 7, "long"), ((x,), [(0, [], {}, x, None)], [], "", nan)):
        send(encode(("result", fields)))
    return -x, x
