"""A ReLU on the scores: affine and ReLU twice, in the loss.
question: TwoLayerNet.loss
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": np.random.normal(0, weight_scale, (input_dim, hidden_dim)),
            "b1": np.zeros(hidden_dim),
            "W2": np.random.normal(0, weight_scale, (hidden_dim, num_classes)),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        p = self.params
        h, cache1 = affine_relu_forward(X, p["W1"], p["b1"])
        scores, cache2 = affine_relu_forward(h, p["W2"], p["b2"])
        if y is None:
            return scores
        loss, ds = softmax_loss(scores, y)
        loss += 0.5 * self.reg * sum(np.sum(p[k] ** 2) for k in ("W1", "W2"))
        grads = {}
        dh, grads["W2"], grads["b2"] = affine_relu_backward(ds, cache2)
        _, grads["W1"], grads["b1"] = affine_relu_backward(dh, cache1)
        for k in ("W1", "W2"):
            grads[k] = grads[k] + self.reg * p[k]
        return loss, grads
