"""The last layer's gradient has no regularisation term.
question: FullyConnectedNet.gradients
assignment: fully_connected_nets
"""

import numpy as np


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}
        fan_in = input_dim
        for i, fan_out in enumerate(list(hidden_dims) + [num_classes], start=1):
            self.params["W%d" % i] = np.random.randn(fan_in, fan_out) * weight_scale
            self.params["b%d" % i] = np.zeros(fan_out)
            fan_in = fan_out
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        L = self.num_layers
        cache = {}
        a = X
        for i in range(1, L):
            a, cache[i] = affine_relu_forward(a, self.params["W" + str(i)], self.params["b" + str(i)])
        scores, cache[L] = affine_forward(a, self.params["W" + str(L)], self.params["b" + str(L)])
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        grads = {}
        for i in range(1, L + 1):
            loss += 0.5 * self.reg * np.sum(self.params["W" + str(i)] ** 2)
        dout, grads["W" + str(L)], grads["b" + str(L)] = affine_backward(dout, cache[L])
        for i in range(1, L)[::-1]:
            dout, dw, db = affine_relu_backward(dout, cache[i])
            grads["W" + str(i)] = dw + self.reg * self.params["W" + str(i)]
            grads["b" + str(i)] = db
        return loss, grads
