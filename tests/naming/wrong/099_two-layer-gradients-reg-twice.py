"""The regularisation's gradient is 2 reg W: the 0.5 is forgotten there.
question: TwoLayerNet.gradients
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {}
        self.params["W1"] = np.random.normal(0.0, weight_scale, size=(input_dim, hidden_dim))
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = np.random.normal(0.0, weight_scale, size=(hidden_dim, num_classes))
        self.params["b2"] = np.zeros(num_classes)

    def loss(self, X, y=None):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        a, fc_cache = affine_forward(X, W1, b1)
        r, relu_cache = relu_forward(a)
        scores, fc2_cache = affine_forward(r, W2, b2)
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        dr, dW2, db2 = affine_backward(dscores, fc2_cache)
        da = relu_backward(dr, relu_cache)
        dx, dW1, db1 = affine_backward(da, fc_cache)
        dW1 += 2 * self.reg * W1
        dW2 += 2 * self.reg * W2
        return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
