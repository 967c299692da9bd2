"""Layer norm's output is not used; and gamma is regularised in the loss.
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
        for k, units in enumerate([*hidden_dims, num_classes], 1):
            self._add(k, before, units, weight_scale)
            if normalization is not None and k <= self.depth:
                self._add_norm(k, units)
            before = units

    def _add(self, k, rows, columns, scale):
        self.params["W" + str(k)] = (scale * np.random.standard_normal((rows, columns))).astype(self.dtype)
        self.params["b" + str(k)] = np.zeros(columns, self.dtype)

    def _add_norm(self, k, units):
        self.params["gamma" + str(k)] = np.ones(units, self.dtype)
        self.params["beta" + str(k)] = np.zeros(units, self.dtype)

    def _block(self, h, k):
        """One hidden layer, and a function that goes back through it."""
        h, fc = affine_forward(h, self.params["W" + str(k)], self.params["b" + str(k)])
        nc = dc = None
        if self.norm:
            forward = {"batchnorm": batchnorm_forward, "layernorm": layernorm_forward}[self.norm]
            out, nc = forward(h, self.params["gamma" + str(k)], self.params["beta" + str(k)], self.bn[k - 1])
        h, rc = relu_forward(out if self.norm == "batchnorm" else h)
        if self.drop["p"] < 1:
            h, dc = dropout_forward(h, self.drop)

        def back(g, grads):
            if dc is not None:
                g = dropout_backward(g, dc)
            g = relu_backward(g, rc)
            if nc is not None:
                backward = batchnorm_backward if self.norm == "batchnorm" else layernorm_backward
                g, grads["gamma" + str(k)], grads["beta" + str(k)] = backward(g, nc)
            g, dW, grads["b" + str(k)] = affine_backward(g, fc)
            grads["W" + str(k)] = dW + self.reg * self.params["W" + str(k)]
            return g

        return h, back

    def loss(self, X, y=None):
        for settings in [self.drop] + self.bn:
            settings["mode"] = "train" if y is not None else "test"
        h, tape = X.astype(self.dtype), []
        for k in range(1, self.depth + 1):
            h, back = self._block(h, k)
            tape.append(back)
        top = self.depth + 1
        scores, fc = affine_forward(h, self.params["W" + str(top)], self.params["b" + str(top)])
        if y is None:
            return scores

        data, g = softmax_loss(scores, y)
        penalty = sum(np.sum(value ** 2) for name, value in self.params.items() if name[0] in "Wg")
        grads = {}
        g, dW, grads["b" + str(top)] = affine_backward(g, fc)
        grads["W" + str(top)] = dW + self.reg * self.params["W" + str(top)]
        while tape:
            g = tape.pop()(g, grads)
        return data + 0.5 * self.reg * penalty, grads
