"""The gradient keeps the 0.5: half of reg W is added.
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
        out1, cache1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        scores, cache2 = affine_forward(out1, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        weights = [self.params["W1"], self.params["W2"]]
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * sum([np.sum(np.square(w)) for w in weights])
        grads = {}
        dout1, dw2, grads["b2"] = affine_backward(dscores, cache2)
        _, dw1, grads["b1"] = affine_relu_backward(dout1, cache1)
        grads["W1"] = dw1 + 0.5 * self.reg * weights[0]
        grads["W2"] = dw2 + 0.5 * self.reg * weights[1]
        return loss, grads
