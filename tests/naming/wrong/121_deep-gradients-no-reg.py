"""The gradients have no regularisation term.
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
        dims = [input_dim] + hidden_dims + [num_classes]
        for i in range(self.num_layers):
            self.params["W" + str(i + 1)] = np.random.normal(0, weight_scale, (dims[i], dims[i + 1]))
            self.params["b" + str(i + 1)] = np.zeros(dims[i + 1])
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        N = X.shape[0]
        h = [X.reshape(N, -1).astype(self.dtype)]
        for i in range(1, self.num_layers):
            h.append(np.maximum(0, h[-1].dot(self.params["W%i" % i]) + self.params["b%i" % i]))
        n = self.num_layers
        scores = h[-1].dot(self.params["W%i" % n]) + self.params["b%i" % n]
        if y is None:
            return scores
        data_loss, d = softmax_loss(scores, y)
        reg_loss = 0
        grads = {}
        for i in range(n, 0, -1):
            grads["W%i" % i] = h[i - 1].T.dot(d)
            grads["b%i" % i] = np.sum(d, axis=0)
            d = d.dot(self.params["W%i" % i].T) * (h[i - 1] > 0)
            reg_loss += 0.5 * self.reg * np.sum(self.params["W%i" % i] ** 2)
        return data_loss + reg_loss, grads
