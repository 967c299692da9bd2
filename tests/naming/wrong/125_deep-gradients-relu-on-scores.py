"""A ReLU on the scores; seen in the gradients.
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
        out = X.astype(self.dtype)
        stack = []
        for i in range(1, self.num_layers + 1):
            out, c = affine_relu_forward(out, self.params["W%d" % i], self.params["b%d" % i])
            stack.append((i, c))
        if y is None:
            return out
        loss, d = softmax_loss(out, y)
        grads = {}
        while stack:
            i, c = stack.pop()
            d, dw, db = affine_relu_backward(d, c)
            grads["W%d" % i], grads["b%d" % i] = dw + self.reg * self.params["W%d" % i], db
        weights = [v for k, v in self.params.items() if k.startswith("W")]
        loss += 0.5 * self.reg * sum(np.sum(w ** 2) for w in weights)
        return loss, grads
