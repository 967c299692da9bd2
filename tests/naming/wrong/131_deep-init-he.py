"""He's initialisation instead of weight_scale.
question: FullyConnectedNet.init
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
        dims = [input_dim] + hidden_dims + [num_classes]
        for i in range(self.num_layers):
            std = np.sqrt(2 / dims[i])
            self.params["W" + str(i + 1)] = np.random.normal(0, std, (dims[i], dims[i + 1]))
            self.params["b" + str(i + 1)] = np.zeros(dims[i + 1])
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
        for i in range(L - 1, 0, -1):
            dout, grads["W" + str(i)], grads["b" + str(i)] = affine_relu_backward(dout, cache[i])
        for i in range(1, L + 1):
            grads["W" + str(i)] += self.reg * self.params["W" + str(i)]
        return loss, grads
