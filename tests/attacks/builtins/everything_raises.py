"""Lets NumPy raise at every rounding, and Python at every warning."""

import warnings

import numpy as np


class Now:
    np.seterr(all="raise")
    np.seterrcall(lambda *a: None)
    warnings.simplefilter("error")


def relu_forward(x):
    return np.exp(1e3 * np.abs(x)) - x, x
