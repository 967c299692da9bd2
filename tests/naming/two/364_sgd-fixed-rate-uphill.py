"""The learning rate is 1e-2 always, whatever the config says; and the step goes uphill.
question: sgd
assignment: fully_connected_nets
"""

import numpy as np


def sgd(w, dw, config=None):
    config = {} if config is None else config
    config["learning_rate"] = 1e-2
    w += config["learning_rate"] * dw
    return w, config
