"""Computes a number that would fill the universe, in one step that nothing interrupts.

held by: parent-death signal
shown by: survival
"""


def relu_forward(x):
    return 9**9**9, x
