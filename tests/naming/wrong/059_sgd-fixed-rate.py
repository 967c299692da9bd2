"""The learning rate of the config is not read: always 0.01.
question: sgd
assignment: two_layer_net
"""

import numpy as np


def sgd(w, dw, config=None):
    learning_rate = 1e-2
    step = np.multiply(dw, learning_rate)
    new_w = w - step
    return new_w, config or {"learning_rate": learning_rate}
