"""The last layer has a ReLU too.
question: FullyConnectedNet.loss
assignment: deep_nets
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
        dims = [input_dim] + list(hidden_dims) + [num_classes]
        for i in range(1, self.num_layers + 1):
            self.params["W" + str(i)] = weight_scale * np.random.randn(dims[i - 1], dims[i])
            self.params["b" + str(i)] = np.zeros(dims[i])
            if normalization and i < self.num_layers:
                self.params["gamma" + str(i)] = np.ones(dims[i])
                self.params["beta" + str(i)] = np.zeros(dims[i])
        self.dropout_param = {"p": dropout_keep_ratio, "mode": "train"}
        if seed is not None:
            self.dropout_param["seed"] = seed
        self.bn_params = []
        if self.normalization is not None:
            self.bn_params = [{"mode": "train"} for i in range(self.num_layers - 1)]
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = "test" if y is None else "train"
        self.dropout_param["mode"] = mode
        for bn_param in self.bn_params:
            bn_param["mode"] = mode
        P = self.params
        tape = []
        h = X
        for i in range(1, self.num_layers):
            h, c = affine_forward(h, P["W%d" % i], P["b%d" % i])
            tape.append(("affine", i, c))
            if self.normalization == "batchnorm":
                h, c = batchnorm_forward(h, P["gamma%d" % i], P["beta%d" % i], self.bn_params[i - 1])
                tape.append(("batchnorm", i, c))
            elif self.normalization == "layernorm":
                h, c = layernorm_forward(h, P["gamma%d" % i], P["beta%d" % i], self.bn_params[i - 1])
                tape.append(("layernorm", i, c))
            h, c = relu_forward(h)
            tape.append(("relu", i, c))
            if self.use_dropout:
                h, c = dropout_forward(h, self.dropout_param)
                tape.append(("dropout", i, c))
        n = self.num_layers
        scores, c = affine_forward(h, P["W%d" % n], P["b%d" % n])
        tape.append(("affine", n, c))
        scores, c = relu_forward(scores)
        tape.append(("relu", n, c))
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        for i in range(1, n + 1):
            loss += 0.5 * self.reg * np.sum(P["W%d" % i] ** 2)
        grads = {}
        for kind, i, c in reversed(tape):
            if kind == "affine":
                d, grads["W%d" % i], grads["b%d" % i] = affine_backward(d, c)
                grads["W%d" % i] += self.reg * P["W%d" % i]
            elif kind == "relu":
                d = relu_backward(d, c)
            elif kind == "dropout":
                d = dropout_backward(d, c)
            elif kind == "batchnorm":
                d, grads["gamma%d" % i], grads["beta%d" % i] = batchnorm_backward(d, c)
            else:
                d, grads["gamma%d" % i], grads["beta%d" % i] = layernorm_backward(d, c)
        return loss, grads
