"""Parentheses are missing below the fraction, so that epsilon is outside it.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    settings = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": np.zeros_like(w)}
    settings.update({} if config is None else config)
    lr, decay, eps = settings["learning_rate"], settings["decay_rate"], settings["epsilon"]
    squares = settings["cache"]
    squares = squares * decay
    squares = squares + (1 - decay) * np.square(dw)
    settings["cache"] = squares
    w = w + -lr * dw / np.sqrt(squares) + eps
    return w, settings
