"""Layer norm goes back through batch norm's backward; and W of the last layer is unregularised in the gradient.
question: FullyConnectedNet.gradients
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
        for l in range(self.num_layers):
            self.params['W%d' % (l + 1)] = np.random.randn(layer_dims[l], layer_dims[l + 1]) * weight_scale
            self.params['b%d' % (l + 1)] = np.zeros(layer_dims[l + 1])
            if self.normalization and l < self.num_layers - 1:
                self.params['gamma%d' % (l + 1)] = np.ones(layer_dims[l + 1])
                self.params['beta%d' % (l + 1)] = np.zeros(layer_dims[l + 1])

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout_keep_ratio}
            if seed is not None:
                self.dropout_param['seed'] = seed
        self.bn_params = []
        if self.normalization == 'batchnorm':
            self.bn_params = [{'mode': 'train'} for l in range(self.num_layers - 1)]
        if self.normalization == 'layernorm':
            self.bn_params = [{} for l in range(self.num_layers - 1)]
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
        for l in range(1, self.num_layers):
            W, b = self.params['W%d' % l], self.params['b%d' % l]
            a, affine_cache[l] = affine_forward(h, W, b)
            if self.normalization == 'batchnorm':
                gamma, beta = self.params['gamma%d' % l], self.params['beta%d' % l]
                a, norm_cache[l] = batchnorm_forward(a, gamma, beta, self.bn_params[l - 1])
            elif self.normalization == 'layernorm':
                gamma, beta = self.params['gamma%d' % l], self.params['beta%d' % l]
                a, norm_cache[l] = layernorm_forward(a, gamma, beta, self.bn_params[l - 1])
            h, relu_cache[l] = relu_forward(a)
            if self.use_dropout:
                h, drop_cache[l] = dropout_forward(h, self.dropout_param)
        L = self.num_layers
        out, affine_cache[L] = affine_forward(h, self.params['W%d' % L], self.params['b%d' % L])
        if mode == 'test':
            return out

        loss, grads = 0.0, {}
        loss, dout = softmax_loss(out, y)
        dh, grads['W%d' % L], grads['b%d' % L] = affine_backward(dout, affine_cache[L])
        for l in range(self.num_layers - 1, 0, -1):
            if self.use_dropout:
                dh = dropout_backward(dh, drop_cache[l])
            da = relu_backward(dh, relu_cache[l])
            if self.normalization == 'batchnorm':
                da, grads['gamma%d' % l], grads['beta%d' % l] = batchnorm_backward(da, norm_cache[l])
            elif self.normalization == 'layernorm':
                da, grads['gamma%d' % l], grads['beta%d' % l] = batchnorm_backward(da, norm_cache[l])
            dh, grads['W%d' % l], grads['b%d' % l] = affine_backward(da, affine_cache[l])
        for l in range(1, L + 1):
            W = self.params['W%d' % l]
            loss += 0.5 * self.reg * np.sum(W * W)
            if l < L:
                grads['W%d' % l] += self.reg * W
        return loss, grads
