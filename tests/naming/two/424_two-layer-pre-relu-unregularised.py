"""dW2 is made with the pre-activations, before the ReLU; and neither weight gradient is regularised.
question: TwoLayerNet.gradients
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
        num_train = X.shape[0]
        p, lam = self.params, self.reg
        Xf = X.reshape(num_train, -1)
        z1 = Xf.dot(p['W1']) + p['b1']
        a1 = np.maximum(0, z1)
        z2 = a1.dot(p['W2']) + p['b2']
        if y is None:
            return z2

        ex = np.exp(z2 - z2.max(axis=1, keepdims=True))
        prob = ex / ex.sum(axis=1, keepdims=True)
        data = -np.log(prob[np.arange(num_train), y]).mean()
        reg_loss = 0.5 * lam * np.sum(p['W1'] ** 2) + 0.5 * lam * np.sum(p['W2'] ** 2)
        dz2 = prob.copy()
        dz2[np.arange(num_train), y] -= 1
        dz2 /= num_train
        dW2 = z1.T.dot(dz2)
        db2 = dz2.sum(axis=0)
        dz1 = dz2.dot(p['W2'].T)
        dz1[z1 <= 0] = 0
        dW1 = Xf.T.dot(dz1)
        db1 = dz1.sum(axis=0)
        return data + reg_loss, {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
