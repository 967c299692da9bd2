"""The 0.5 of the regularisation is missing in the loss.
question: TwoLayerNet.loss
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params["W1"] = np.random.randn(input_dim, hidden_dim) * weight_scale
        self.params["W2"] = np.random.randn(hidden_dim, num_classes) * weight_scale
        self.params["b1"] = np.zeros((hidden_dim,))
        self.params["b2"] = np.zeros((num_classes,))

    def loss(self, X, y=None):
        N = X.shape[0]
        W1, W2 = self.params["W1"], self.params["W2"]
        x = X.reshape(N, -1)
        z1 = x.dot(W1) + self.params["b1"]
        a1 = z1 * (z1 > 0)
        scores = a1.dot(W2) + self.params["b2"]
        if y is None:
            return scores
        scores_shift = scores - scores.max(axis=1, keepdims=True)
        exp = np.exp(scores_shift)
        P = exp / exp.sum(axis=1, keepdims=True)
        loss = np.mean(-np.log(P[np.arange(N), y]))
        loss += self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        P[np.arange(N), y] -= 1
        P /= N
        grads = {"W2": a1.T.dot(P) + self.reg * W2, "b2": P.sum(axis=0)}
        dz1 = P.dot(W2.T) * (z1 > 0)
        grads["W1"] = x.T.dot(dz1) + self.reg * W1
        grads["b1"] = dz1.sum(axis=0)
        return loss, grads
