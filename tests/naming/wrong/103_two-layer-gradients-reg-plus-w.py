"""reg + W is added to the gradient, not reg times W.
question: TwoLayerNet.gradients
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {}
        self.params["W1"] = weight_scale * np.random.randn(input_dim, hidden_dim)
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = weight_scale * np.random.randn(hidden_dim, num_classes)
        self.params["b2"] = np.zeros(num_classes)

    def loss(self, X, y=None):
        w1, w2 = self.params["W1"], self.params["W2"]
        hid, hid_cache = affine_relu_forward(X, w1, self.params["b1"])
        scores, sc_cache = affine_forward(hid, w2, self.params["b2"])
        if y is None:
            return scores
        loss, dsc = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(w1 ** 2) + np.sum(w2 ** 2))
        dhid, dw2, db2 = affine_backward(dsc, sc_cache)
        _, dw1, db1 = affine_relu_backward(dhid, hid_cache)
        dw1 += self.reg + w1
        dw2 += self.reg + w2
        return loss, {"W1": dw1, "b1": db1, "W2": dw2, "b2": db2}
