"""The 0.5 of the regularisation is missing in the loss.
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
        acts = [X.reshape(X.shape[0], -1).astype(self.dtype)]
        pres = []
        for l in range(1, self.num_layers + 1):
            z = acts[-1] @ self.params[f"W{l}"] + self.params[f"b{l}"]
            pres.append(z)
            acts.append(np.maximum(z, 0) if l < self.num_layers else z)
        scores = acts[-1]
        if y is None:
            return scores
        loss, delta = softmax_loss(scores, y)
        grads = {}
        for l in range(self.num_layers, 0, -1):
            if l < self.num_layers:
                delta = delta * (pres[l - 1] > 0)
            W = self.params[f"W{l}"]
            grads[f"W{l}"] = acts[l - 1].T @ delta + self.reg * W
            grads[f"b{l}"] = delta.sum(axis=0)
            delta = delta @ W.T
            loss += self.reg * (W ** 2).sum()
        return loss, grads
