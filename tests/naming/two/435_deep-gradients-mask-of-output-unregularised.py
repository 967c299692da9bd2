"""The ReLU's mask going back is h >= 0, of its output, which is true everywhere; and the weights' gradients lack the regularisation.
question: FullyConnectedNet.gradients
assignment: fully_connected_nets
"""

import numpy as np


class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype = reg, dtype
        self.L = len(hidden_dims) + 1
        sizes = [input_dim] + list(hidden_dims) + [num_classes]
        self.params = {}
        for l, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
            self.params[f"W{l}"] = np.random.normal(scale=weight_scale, size=(n_in, n_out)).astype(dtype)
            self.params[f"b{l}"] = np.zeros(n_out, dtype=dtype)

    def _weights(self):
        return [self.params[f"W{l}"] for l in range(1, self.L + 1)]

    def _biases(self):
        return [self.params[f"b{l}"] for l in range(1, self.L + 1)]

    def loss(self, X, y=None):
        Ws, bs = self._weights(), self._biases()
        acts = [X.reshape(X.shape[0], -1).astype(self.dtype)]
        pre = []
        for l in range(self.L):
            pre.append(acts[-1] @ Ws[l] + bs[l])
            acts.append(np.maximum(pre[-1], 0))
        scores = pre[-1]
        if y is None:
            return scores

        loss, delta = softmax_loss(scores, y)
        loss += 0.5 * self.reg * sum((W ** 2).sum() for W in Ws)
        grads = {}
        for l in reversed(range(self.L)):
            grads[f"W{l + 1}"] = acts[l].T @ delta
            grads[f"b{l + 1}"] = delta.sum(axis=0)
            if l > 0:
                delta = (delta @ Ws[l].T) * (acts[l] >= 0)
        return loss, grads
