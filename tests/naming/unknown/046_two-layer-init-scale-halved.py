"""The second layer's weights have half the standard deviation.
question: TwoLayerNet.init
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim), "b1": np.zeros(hidden_dim),
            "W2": 0.5 * weight_scale * np.random.randn(hidden_dim, num_classes), "b2": np.zeros(num_classes),
        }
