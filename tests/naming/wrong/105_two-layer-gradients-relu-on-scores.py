"""A ReLU on the scores, forward and backward, seen in the gradients.
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
        x = X.reshape(X.shape[0], -1)
        caches = []
        for i in ("1", "2"):
            z = x.dot(self.params["W" + i]) + self.params["b" + i]
            caches.append((x, z))
            x = np.where(z > 0, z, 0)
        scores = x
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        grads = {}
        for i in ("2", "1"):
            x, z = caches.pop()
            d = d * (z > 0)
            grads["W" + i] = x.T.dot(d) + self.reg * self.params["W" + i]
            grads["b" + i] = d.sum(axis=0)
            d = d.dot(self.params["W" + i].T)
            loss += 0.5 * self.reg * np.sum(self.params["W" + i] ** 2)
        return loss, grads
