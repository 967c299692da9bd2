"""The regularisation is missing in the gradients; the loss has it.
question: TwoLayerNet.gradients
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params, self.reg = {}, reg
        dims = [input_dim, hidden_dim, num_classes]
        for i in (1, 2):
            self.params["W%d" % i] = np.random.randn(dims[i - 1], dims[i]) * weight_scale
            self.params["b%d" % i] = np.zeros(dims[i])

    def _penalty(self):
        total = 0.0
        for name in ("W1", "W2"):
            total += np.sum(self.params[name] ** 2)
        return 0.5 * self.reg * total

    def loss(self, X, y=None):
        a, fc1 = affine_forward(X, self.params["W1"], self.params["b1"])
        hid, act = relu_forward(a)
        out, fc2 = affine_forward(hid, self.params["W2"], self.params["b2"])
        if y is None:
            return out

        data_loss, upstream = softmax_loss(out, y)
        grads = {}
        dh, grads["W2"], grads["b2"] = affine_backward(upstream, fc2)
        da = relu_backward(dh, act)
        _, grads["W1"], grads["b1"] = affine_backward(da, fc1)
        return data_loss + self._penalty(), grads
