"""Matches a regular expression that tries everything."""

import re


def relu_forward(x):
    return re.match("(a|aa)+$", "a" * 60 + "b"), x
