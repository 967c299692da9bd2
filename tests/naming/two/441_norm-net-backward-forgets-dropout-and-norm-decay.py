"""The backward pass leaves out dropout; and gamma and beta are regularised in their gradients.
question: FullyConnectedNet.gradients
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
            h, nc = forward(h, self.params["gamma" + str(k)], self.params["beta" + str(k)], self.bn[k - 1])
        h, rc = relu_forward(h)
        if self.drop["p"] < 1:
            h, dc = dropout_forward(h, self.drop)

        def back(grad, grads):
            grad = relu_backward(grad, rc)
            if nc is not None:
                backward = batchnorm_backward if self.norm == "batchnorm" else layernorm_backward
                grad, grads["gamma" + str(k)], grads["beta" + str(k)] = backward(grad, nc)
                grads["gamma" + str(k)] += self.reg * self.params["gamma" + str(k)]
                grads["beta" + str(k)] += self.reg * self.params["beta" + str(k)]
            grad, dW, grads["b" + str(k)] = affine_backward(grad, fc)
            grads["W" + str(k)] = dW + self.reg * self.params["W" + str(k)]
            return grad

        return h, back

    def loss(self, X, y=None):
        for settings in [self.drop] + self.bn:
            settings["mode"] = "train" if y is not None else "test"
        h, steps = X.astype(self.dtype), []
        for k in range(1, self.depth + 1):
            h, back = self._block(h, k)
            steps.append(back)
        L = self.depth + 1
        scores, fc = affine_forward(h, self.params["W" + str(L)], self.params["b" + str(L)])
        if y is None:
            return scores

        data, grad = softmax_loss(scores, y)
        penalty = sum(np.sum(value ** 2) for name, value in self.params.items() if name[0] == "W")
        grads = {}
        grad, dW, grads["b" + str(L)] = affine_backward(grad, fc)
        grads["W" + str(L)] = dW + self.reg * self.params["W" + str(L)]
        while steps:
            grad = steps.pop()(grad, grads)
        return data + 0.5 * self.reg * penalty, grads
