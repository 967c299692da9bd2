"""The output of layer norm is not used: the ReLU is handed what came out of the affine layer.
question: FullyConnectedNet.loss
assignment: deep_nets
"""

import numpy as np


class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}

        layer_dims = [input_dim] + list(hidden_dims) + [num_classes]
        for i in range(self.num_layers):
            self.params['W%d' % (i + 1)] = np.random.randn(layer_dims[i], layer_dims[i + 1]) * weight_scale
            self.params['b%d' % (i + 1)] = np.zeros(layer_dims[i + 1])
            if self.normalization and i < self.num_layers - 1:
                self.params['gamma%d' % (i + 1)] = np.ones(layer_dims[i + 1])
                self.params['beta%d' % (i + 1)] = np.zeros(layer_dims[i + 1])

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout_keep_ratio}
            if seed is not None:
                self.dropout_param['seed'] = seed
        self.bn_params = []
        if self.normalization == 'batchnorm':
            self.bn_params = [{'mode': 'train'} for i in range(self.num_layers - 1)]
        if self.normalization == 'layernorm':
            self.bn_params = [{} for i in range(self.num_layers - 1)]
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'
        if self.use_dropout:
            self.dropout_param['mode'] = mode
        if self.normalization == 'batchnorm':
            for bn_param in self.bn_params:
                bn_param['mode'] = mode

        affine_cache, norm_cache, relu_cache, drop_cache = {}, {}, {}, {}
        h = X
        for i in range(1, self.num_layers):
            W, b = self.params['W%d' % i], self.params['b%d' % i]
            a, affine_cache[i] = affine_forward(h, W, b)
            if self.normalization == 'batchnorm':
                gamma, beta = self.params['gamma%d' % i], self.params['beta%d' % i]
                a, norm_cache[i] = batchnorm_forward(a, gamma, beta, self.bn_params[i - 1])
            elif self.normalization == 'layernorm':
                gamma, beta = self.params['gamma%d' % i], self.params['beta%d' % i]
                ln_out, norm_cache[i] = layernorm_forward(a, gamma, beta, self.bn_params[i - 1])
            h, relu_cache[i] = relu_forward(a)
            if self.use_dropout:
                h, drop_cache[i] = dropout_forward(h, self.dropout_param)
        L = self.num_layers
        scores, affine_cache[L] = affine_forward(h, self.params['W%d' % L], self.params['b%d' % L])
        if mode == 'test':
            return scores

        loss, grads = 0.0, {}
        loss, dscores = softmax_loss(scores, y)
        dh, grads['W%d' % L], grads['b%d' % L] = affine_backward(dscores, affine_cache[L])
        for i in range(self.num_layers - 1, 0, -1):
            if self.use_dropout:
                dh = dropout_backward(dh, drop_cache[i])
            da = relu_backward(dh, relu_cache[i])
            if self.normalization == 'batchnorm':
                da, grads['gamma%d' % i], grads['beta%d' % i] = batchnorm_backward(da, norm_cache[i])
            elif self.normalization == 'layernorm':
                da, grads['gamma%d' % i], grads['beta%d' % i] = layernorm_backward(da, norm_cache[i])
            dh, grads['W%d' % i], grads['b%d' % i] = affine_backward(da, affine_cache[i])
        for i in range(1, L + 1):
            W = self.params['W%d' % i]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads['W%d' % i] += self.reg * W
        return loss, grads
