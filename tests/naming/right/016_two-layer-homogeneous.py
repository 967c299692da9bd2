"""Right: biases as a last row of the weights, with a column of ones.
question: TwoLayerNet.gradients
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg, self.params = reg, {}
        for i, (a, b) in enumerate([(input_dim, hidden_dim), (hidden_dim, num_classes)], 1):
            self.params[f"W{i}"] = np.random.default_rng().normal(0, weight_scale, (a, b))
            self.params[f"b{i}"] = np.zeros(b)

    def loss(self, X, y=None):
        one = np.ones((X.shape[0], 1))
        A, B = (np.vstack([self.params["W" + i], self.params["b" + i]]) for i in "12")
        x = np.hstack([X.reshape(X.shape[0], -1), one])
        z = x @ A
        h = np.hstack([np.where(z > 0, z, 0), one])
        scores = h @ B
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        dB = h.T @ d
        dA = x.T @ ((d @ B.T)[:, :-1] * (z > 0))
        for G, M, i in ((dA, A, "1"), (dB, B, "2")):
            G[:-1] += self.reg * M[:-1]
            loss += self.reg / 2 * (M[:-1] ** 2).sum()
        return loss, {"W1": dA[:-1], "b1": dA[-1], "W2": dB[:-1], "b2": dB[-1]}
