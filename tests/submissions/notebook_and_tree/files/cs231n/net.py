import numpy as np
from cs231n import layers as L
from cs231n.layers import affine_forward, relu_forward, relu_backward, softmax_loss


def backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.reshape(len(x), -1).T @ dout, dout.sum(0)


class TwoLayerNet:
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = dict(
            W1=np.random.normal(0, weight_scale, [input_dim, hidden_dim]), b1=np.zeros(hidden_dim),
            W2=np.random.normal(0, weight_scale, [hidden_dim, num_classes]), b2=np.zeros(num_classes))

    def loss(self, X, y=None):
        a, ca = L.affine_forward(X, self.params['W1'], self.params['b1'])
        h, ch = relu_forward(a)
        s, cs = affine_forward(h, self.params['W2'], self.params['b2'])
        if y is None:
            return s
        loss, d = softmax_loss(s, y)
        g = {}
        d, g['W2'], g['b2'] = backward(d, cs)
        _, g['W1'], g['b1'] = backward(relu_backward(d, ch), ca)
        for k in 'W1', 'W2':
            loss += self.reg * np.sum(self.params[k] ** 2) * 0.5
            g[k] += self.reg * self.params[k]
        return loss, g
