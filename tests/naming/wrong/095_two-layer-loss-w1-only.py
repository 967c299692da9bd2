"""Only W1 is regularised in the loss.
question: TwoLayerNet.loss
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {}
        self.params["W1"] = np.random.normal(scale=weight_scale, size=(input_dim, hidden_dim))
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = np.random.normal(scale=weight_scale, size=(hidden_dim, num_classes))
        self.params["b2"] = np.zeros(num_classes)

    def loss(self, X, y=None):
        hidden, hidden_cache = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        scores, out_cache = affine_forward(hidden, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        data, dscores = softmax_loss(scores, y)
        penalty = self.reg / 2 * np.linalg.norm(self.params["W1"]) ** 2
        dhidden, dW2, db2 = affine_backward(dscores, out_cache)
        dX, dW1, db1 = affine_relu_backward(dhidden, hidden_cache)
        dW1 += self.reg * self.params["W1"]
        dW2 += self.reg * self.params["W2"]
        return data + penalty, dict(W1=dW1, b1=db1, W2=dW2, b2=db2)
