"""The gradients of the biases have a regularisation term too.
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
        n = X.shape[0]
        flat = X.reshape(n, -1)
        pre = flat @ self.params["W1"] + self.params["b1"]
        post = np.clip(pre, 0, None)
        scores = post @ self.params["W2"] + self.params["b2"]
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        loss += 0.5 * self.reg * ((self.params["W1"] ** 2).sum() + (self.params["W2"] ** 2).sum())
        dpre = (d @ self.params["W2"].T) * (pre > 0)
        grads = {
            "W1": flat.T @ dpre,
            "b1": dpre.sum(0),
            "W2": post.T @ d,
            "b2": d.sum(0),
        }
        for key, value in self.params.items():
            grads[key] = grads[key] + self.reg * value
        return loss, grads
