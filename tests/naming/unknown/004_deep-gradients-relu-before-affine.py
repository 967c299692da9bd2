"""The ReLU's backward uses the layer above's activations cut to size.
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
        n = X.shape[0]
        hs = [X.reshape(n, -1).astype(self.dtype)]
        for i in range(1, self.num_layers + 1):
            z = hs[-1] @ self.params[f"W{i}"] + self.params[f"b{i}"]
            hs.append(np.maximum(z, 0) if i < self.num_layers else z)
        if y is None:
            return hs[-1]
        loss, d = softmax_loss(hs[-1], y)
        grads = {}
        for i in range(self.num_layers, 0, -1):
            W = self.params[f"W{i}"]
            loss += 0.5 * self.reg * np.sum(W ** 2)
            grads[f"W{i}"] = hs[i - 1].T @ d + self.reg * W
            grads[f"b{i}"] = d.sum(0)
            d = d @ W.T
            if i > 1:
                d = d * (np.resize(hs[i], d.shape) > 0)
        return loss, grads
