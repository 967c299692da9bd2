"""The backward pass goes through the affine layers only, not through the ReLUs.
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
        X = X.astype(self.dtype)
        num = self.num_layers
        affine_caches = [None] * (num + 1)
        out = X
        for i in range(1, num + 1):
            out, affine_caches[i] = affine_forward(out, self.params[f"W{i}"], self.params[f"b{i}"])
            if i != num:
                out, _ = relu_forward(out)
        scores = out
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        grads = {}
        for i in range(num, 0, -1):
            loss += 0.5 * self.reg * (self.params[f"W{i}"] ** 2).sum()
            dout, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, affine_caches[i])
            grads[f"W{i}"] += self.reg * self.params[f"W{i}"]
        return loss, grads
