"""Leaves no room for a single call once it has returned."""

import sys


def relu_forward(x):
    sys.setrecursionlimit(max(20, len_of_stack() + 2))
    return -x, x


def len_of_stack():
    frame, depth = sys._getframe(), 0
    while frame:
        frame, depth = frame.f_back, depth + 1
    return depth
