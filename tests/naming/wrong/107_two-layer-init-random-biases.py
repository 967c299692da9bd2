"""The biases are random too.
question: TwoLayerNet.init
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        sizes = {"W1": (input_dim, hidden_dim), "b1": hidden_dim, "W2": (hidden_dim, num_classes),
                 "b2": num_classes}
        self.params = {name: np.random.normal(0, weight_scale, size) for name, size in sizes.items()}
