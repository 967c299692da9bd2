"""A ReLU follows the last layer too: it acts on the scores.
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
        dims = [input_dim] + hidden_dims + [num_classes]
        for i in range(self.num_layers):
            self.params["W" + str(i + 1)] = np.random.normal(0, weight_scale, (dims[i], dims[i + 1]))
            self.params["b" + str(i + 1)] = np.zeros(dims[i + 1])
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        h = X.astype(self.dtype)
        caches = []
        for i in range(self.num_layers):
            h, c = affine_relu_forward(h, self.params["W" + str(i + 1)], self.params["b" + str(i + 1)])
            caches.append(c)
        scores = h
        if y is None:
            return scores
        loss, dh = softmax_loss(scores, y)
        grads = {}
        for i in reversed(range(self.num_layers)):
            W = self.params["W" + str(i + 1)]
            loss += 0.5 * self.reg * np.sum(W * W)
            dh, dW, db = affine_relu_backward(dh, caches[i])
            grads["W" + str(i + 1)] = dW + self.reg * W
            grads["b" + str(i + 1)] = db
        return loss, grads
