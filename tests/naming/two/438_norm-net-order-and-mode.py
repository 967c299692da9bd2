"""The normalisation comes after the ReLU, not before; and the mode is never set to test.
question: FullyConnectedNet.loss
assignment: deep_nets
"""

import numpy as np


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.norm = normalization
        self.reg = reg
        self.dtype = dtype
        self.depth = len(hidden_dims)
        self.drop = {"p": dropout_keep_ratio}
        if seed is not None:
            self.drop["seed"] = seed
        self.bn = [{} for _ in hidden_dims]
        self.params = {}
        before = input_dim
        for n, units in enumerate([*hidden_dims, num_classes], 1):
            self._add(n, before, units, weight_scale)
            if normalization is not None and n <= self.depth:
                self._add_norm(n, units)
            before = units

    def _add(self, n, rows, columns, scale):
        self.params["W" + str(n)] = (scale * np.random.standard_normal((rows, columns))).astype(self.dtype)
        self.params["b" + str(n)] = np.zeros(columns, self.dtype)

    def _add_norm(self, n, units):
        self.params["gamma" + str(n)] = np.ones(units, self.dtype)
        self.params["beta" + str(n)] = np.zeros(units, self.dtype)

    def _block(self, h, n):
        """One hidden layer, and a function that goes back through it."""
        h, fc = affine_forward(h, self.params["W" + str(n)], self.params["b" + str(n)])
        nc = dc = None
        h, rc = relu_forward(h)
        if self.norm:
            forward = {"batchnorm": batchnorm_forward, "layernorm": layernorm_forward}[self.norm]
            h, nc = forward(h, self.params["gamma" + str(n)], self.params["beta" + str(n)], self.bn[n - 1])
        if self.drop["p"] < 1:
            h, dc = dropout_forward(h, self.drop)

        def back(g, grads):
            if dc is not None:
                g = dropout_backward(g, dc)
            if nc is not None:
                backward = batchnorm_backward if self.norm == "batchnorm" else layernorm_backward
                g, grads["gamma" + str(n)], grads["beta" + str(n)] = backward(g, nc)
            g = relu_backward(g, rc)
            g, dW, grads["b" + str(n)] = affine_backward(g, fc)
            grads["W" + str(n)] = dW + self.reg * self.params["W" + str(n)]
            return g

        return h, back

    def loss(self, X, y=None):
        for settings in [self.drop] + self.bn:
            settings["mode"] = "train"
        h, tape = X.astype(self.dtype), []
        for n in range(1, self.depth + 1):
            h, back = self._block(h, n)
            tape.append(back)
        top = self.depth + 1
        scores, fc = affine_forward(h, self.params["W" + str(top)], self.params["b" + str(top)])
        if y is None:
            return scores

        ce, g = softmax_loss(scores, y)
        l2 = sum(np.sum(value ** 2) for name, value in self.params.items() if name[0] == "W")
        grads = {}
        g, dW, grads["b" + str(top)] = affine_backward(g, fc)
        grads["W" + str(top)] = dW + self.reg * self.params["W" + str(top)]
        while tape:
            g = tape.pop()(g, grads)
        return ce + 0.5 * self.reg * l2, grads
