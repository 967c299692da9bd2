"""Only batch norm gets gamma and beta, layer norm does not; and beta is random.
question: FullyConnectedNet.init
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
        for k, units in enumerate([*hidden_dims, num_classes], 1):
            self._add(k, before, units, weight_scale)
            if normalization == "batchnorm" and k <= self.depth:
                self._add_norm(k, units)
            before = units

    def _add(self, k, rows, columns, scale):
        self.params["W" + str(k)] = (scale * np.random.standard_normal((rows, columns))).astype(self.dtype)
        self.params["b" + str(k)] = np.zeros(columns, self.dtype)

    def _add_norm(self, k, units):
        self.params["gamma" + str(k)] = np.ones(units, self.dtype)
        self.params["beta" + str(k)] = np.random.randn(units).astype(self.dtype)

    def _block(self, values, k):
        """One hidden layer, and a function that goes back through it."""
        values, c_affine = affine_forward(values, self.params["W" + str(k)], self.params["b" + str(k)])
        c_norm = c_drop = None
        if self.norm:
            forward = {"batchnorm": batchnorm_forward, "layernorm": layernorm_forward}[self.norm]
            values, c_norm = forward(values, self.params["gamma" + str(k)], self.params["beta" + str(k)], self.bn[k - 1])
        values, c_relu = relu_forward(values)
        if self.drop["p"] < 1:
            values, c_drop = dropout_forward(values, self.drop)

        def back(g, grads):
            if c_drop is not None:
                g = dropout_backward(g, c_drop)
            g = relu_backward(g, c_relu)
            if c_norm is not None:
                backward = batchnorm_backward if self.norm == "batchnorm" else layernorm_backward
                g, grads["gamma" + str(k)], grads["beta" + str(k)] = backward(g, c_norm)
            g, dW, grads["b" + str(k)] = affine_backward(g, c_affine)
            grads["W" + str(k)] = dW + self.reg * self.params["W" + str(k)]
            return g

        return values, back

    def loss(self, X, y=None):
        for settings in [self.drop] + self.bn:
            settings["mode"] = "train" if y is not None else "test"
        values, tape = X.astype(self.dtype), []
        for k in range(1, self.depth + 1):
            values, back = self._block(values, k)
            tape.append(back)
        top = self.depth + 1
        scores, c_affine = affine_forward(values, self.params["W" + str(top)], self.params["b" + str(top)])
        if y is None:
            return scores

        data, g = softmax_loss(scores, y)
        penalty = sum(np.sum(value ** 2) for name, value in self.params.items() if name[0] == "W")
        grads = {}
        g, dW, grads["b" + str(top)] = affine_backward(g, c_affine)
        grads["W" + str(top)] = dW + self.reg * self.params["W" + str(top)]
        while tape:
            g = tape.pop()(g, grads)
        return data + 0.5 * self.reg * penalty, grads
