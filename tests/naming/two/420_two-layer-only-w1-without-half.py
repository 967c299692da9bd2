"""Only W1 is regularised in the loss; and without the factor 0.5.
question: TwoLayerNet.loss
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            'W1': np.random.normal(0, weight_scale, (input_dim, hidden_dim)),
            'b1': np.zeros(hidden_dim),
            'W2': np.random.normal(0, weight_scale, (hidden_dim, num_classes)),
            'b2': np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        N = X.shape[0]
        p, r = self.params, self.reg
        flat = X.reshape(N, -1)
        z1 = flat.dot(p['W1']) + p['b1']
        a1 = np.maximum(0, z1)
        z2 = a1.dot(p['W2']) + p['b2']
        if y is None:
            return z2

        e = np.exp(z2 - z2.max(axis=1, keepdims=True))
        P = e / e.sum(axis=1, keepdims=True)
        ce = -np.log(P[np.arange(N), y]).mean()
        l2 = r * np.sum(p['W1'] ** 2)
        dz2 = P.copy()
        dz2[np.arange(N), y] -= 1
        dz2 /= N
        dW2 = a1.T.dot(dz2) + r * p['W2']
        db2 = dz2.sum(axis=0)
        dz1 = dz2.dot(p['W2'].T)
        dz1[z1 <= 0] = 0
        dW1 = flat.T.dot(dz1) + r * p['W1']
        db1 = dz1.sum(axis=0)
        return ce + l2, {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
