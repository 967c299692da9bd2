"""The hidden layer has a tanh instead of a ReLU.
question: TwoLayerNet.loss
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim), "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes), "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        p = self.params
        x = X.reshape(len(X), -1)
        h = np.tanh(x @ p["W1"] + p["b1"])
        scores = h @ p["W2"] + p["b2"]
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))
        da = d @ p["W2"].T * (1 - h ** 2)
        return loss, {"W1": x.T @ da + self.reg * p["W1"], "b1": da.sum(0),
                      "W2": h.T @ d + self.reg * p["W2"], "b2": d.sum(0)}
