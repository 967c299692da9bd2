"""The weights are uniform between 0 and weight_scale.
question: TwoLayerNet.init
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params["W1"] = np.random.random((input_dim, hidden_dim)) * weight_scale
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = np.random.random((hidden_dim, num_classes)) * weight_scale
        self.params["b2"] = np.zeros(num_classes)
