"""Right: weights from default_rng, keys in another order.
question: TwoLayerNet.init
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        rng = np.random.default_rng(7)
        self.reg = reg
        self.params = {"b2": np.zeros(num_classes), "b1": np.zeros(hidden_dim)}
        self.params["W2"] = weight_scale * rng.standard_normal((hidden_dim, num_classes))
        self.params["W1"] = weight_scale * rng.standard_normal((input_dim, hidden_dim))
