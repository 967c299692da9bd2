"""No regularisation in the loss.
question: TwoLayerNet.loss
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {}
        dims = [input_dim, hidden_dim, num_classes]
        for i in (1, 2):
            self.params["W%d" % i] = weight_scale * np.random.randn(dims[i - 1], dims[i])
            self.params["b%d" % i] = np.zeros(dims[i])

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[k] for k in ["W1", "b1", "W2", "b2"])
        fc1, c1 = affine_forward(X, W1, b1)
        act, c2 = relu_forward(fc1)
        scores, c3 = affine_forward(act, W2, b2)
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        grads = {}
        dact, dW2, grads["b2"] = affine_backward(dout, c3)
        dfc1 = relu_backward(dact, c2)
        _, dW1, grads["b1"] = affine_backward(dfc1, c1)
        grads["W1"] = dW1 + self.reg * W1
        grads["W2"] = dW2 + self.reg * W2
        return loss, grads
