"""The biases are regularised in the loss.
question: TwoLayerNet.loss
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {"b1": np.zeros(hidden_dim), "b2": np.zeros(num_classes)}
        self.params["W1"] = weight_scale * np.random.standard_normal((input_dim, hidden_dim))
        self.params["W2"] = weight_scale * np.random.standard_normal((hidden_dim, num_classes))

    def loss(self, X, y=None):
        h1, cache_h1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        scores, cache_s = affine_forward(h1, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        for name in self.params:
            loss += 0.5 * self.reg * np.sum(self.params[name] ** 2)
        grads = {}
        dout, grads["W2"], grads["b2"] = affine_backward(dout, cache_s)
        dout, grads["W1"], grads["b1"] = affine_relu_backward(dout, cache_h1)
        for name in grads:
            grads[name] += self.reg * self.params[name]
        return loss, grads
