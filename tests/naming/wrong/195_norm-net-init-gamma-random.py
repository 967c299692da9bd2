"""gamma is drawn like the weights.
question: FullyConnectedNet.init
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
                self.params["gamma" + str(i)] = weight_scale * np.random.randn(dims[i])
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
        if self.use_dropout:
            self.dropout_param["mode"] = mode
        if self.normalization is not None:
            for bn_param in self.bn_params:
                bn_param["mode"] = mode
        fc, norm, act, drop = {}, {}, {}, {}
        out = X
        L = self.num_layers
        for l in range(L - 1):
            k = str(l + 1)
            out, fc[k] = affine_forward(out, self.params["W" + k], self.params["b" + k])
            if self.normalization is not None:
                gamma, beta = self.params["gamma" + k], self.params["beta" + k]
                if self.normalization == "batchnorm":
                    out, norm[k] = batchnorm_forward(out, gamma, beta, self.bn_params[l])
                else:
                    out, norm[k] = layernorm_forward(out, gamma, beta, self.bn_params[l])
            out, act[k] = relu_forward(out)
            if self.use_dropout:
                out, drop[k] = dropout_forward(out, self.dropout_param)
        k = str(L)
        scores, fc[k] = affine_forward(out, self.params["W" + k], self.params["b" + k])
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        grads = {}
        dout, dw, db = affine_backward(dout, fc[k])
        grads["W" + k] = dw + self.reg * self.params["W" + k]
        grads["b" + k] = db
        loss += 0.5 * self.reg * np.sum(self.params["W" + k] ** 2)
        for l in range(L - 2, -1, -1):
            k = str(l + 1)
            if self.use_dropout:
                dout = dropout_backward(dout, drop[k])
            dout = relu_backward(dout, act[k])
            if self.normalization == "batchnorm":
                dout, grads["gamma" + k], grads["beta" + k] = batchnorm_backward(dout, norm[k])
            elif self.normalization == "layernorm":
                dout, grads["gamma" + k], grads["beta" + k] = layernorm_backward(dout, norm[k])
            dout, dw, db = affine_backward(dout, fc[k])
            grads["W" + k] = dw + self.reg * self.params["W" + k]
            grads["b" + k] = db
            loss += 0.5 * self.reg * np.sum(self.params["W" + k] ** 2)
        return loss, grads
