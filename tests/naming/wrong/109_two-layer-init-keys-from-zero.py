"""The keys count from 0: W0, b0, W1, b1.
question: TwoLayerNet.init
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        layers = [input_dim, hidden_dim, num_classes]
        for i in range(len(layers) - 1):
            self.params[f"W{i}"] = np.random.randn(layers[i], layers[i + 1]) * weight_scale
            self.params[f"b{i}"] = np.zeros(layers[i + 1])
