"""The index is stale after the loop: one layer's weights are regularised, the last hidden one's.
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
        X = X.astype(self.dtype)
        caches = []
        out = X
        for i in range(1, self.num_layers):
            w, b = self.params["W" + str(i)], self.params["b" + str(i)]
            out, cache = affine_relu_forward(out, w, b)
            caches.append(cache)
        w, b = self.params["W" + str(self.num_layers)], self.params["b" + str(self.num_layers)]
        scores, cache = affine_forward(out, w, b)
        if y is None:
            return scores
        loss, dx = softmax_loss(scores, y)
        loss += 0.5 * self.reg * np.sum(self.params["W" + str(i)] ** 2)
        grads = {}
        dx, dw, db = affine_backward(dx, cache)
        grads["W" + str(self.num_layers)] = dw + self.reg * w
        grads["b" + str(self.num_layers)] = db
        for j in range(self.num_layers - 1, 0, -1):
            dx, dw, db = affine_relu_backward(dx, caches[j - 1])
            grads["W" + str(j)] = dw + self.reg * self.params["W" + str(j)]
            grads["b" + str(j)] = db
        return loss, grads
