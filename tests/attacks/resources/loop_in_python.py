"""Loops for ever.

held by: parent-death signal
shown by: survival
"""


def relu_forward(x):
    while True:
        pass
