"""Raises an exception that says 10 MB."""


def relu_forward(x):
    raise ValueError("<b>" * 3_500_000)
