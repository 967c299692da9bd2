"""The loss regularises the last layer L times over, by a stale index; and without the 0.5.
question: FullyConnectedNet.loss
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
        dims = np.hstack([input_dim, hidden_dims, num_classes]).astype(int)
        for i in range(self.num_layers):
            self.params["W" + str(i + 1)] = weight_scale * np.random.randn(dims[i], dims[i + 1])
            self.params["b" + str(i + 1)] = np.zeros(dims[i + 1])
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        act = X.astype(self.dtype)
        saved = []
        for i in range(1, self.num_layers):
            act, cache = affine_relu_forward(act, self.params["W%d" % i], self.params["b%d" % i])
            saved.append(cache)
        last = str(self.num_layers)
        scores, cache = affine_forward(act, self.params["W" + last], self.params["b" + last])
        if y is None:
            return scores

        loss, delta = softmax_loss(scores, y)
        grads = {}
        for i in range(1, self.num_layers + 1):
            loss += self.reg * np.sum(self.params["W" + last] ** 2)
        delta, grads["W" + last], grads["b" + last] = affine_backward(delta, cache)
        grads["W" + last] += self.reg * self.params["W" + last]
        for i in range(self.num_layers - 1, 0, -1):
            delta, dw, db = affine_relu_backward(delta, saved[i - 1])
            grads["W%d" % i] = dw + self.reg * self.params["W%d" % i]
            grads["b%d" % i] = db
        return loss, grads
