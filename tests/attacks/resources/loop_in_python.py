"""Loops for ever.

held by: death with the parent
shown by: survival
"""


def relu_forward(x):
    while True:
        pass
