"""weight_scale is ignored: standard normal weights; and the biases are random too.
question: TwoLayerNet.init
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            'W1': np.random.normal(0, 1, (input_dim, hidden_dim)),
            'b1': np.random.normal(0, weight_scale, hidden_dim),
            'W2': np.random.normal(0, 1, (hidden_dim, num_classes)),
            'b2': np.random.normal(0, weight_scale, num_classes),
        }

    def loss(self, X, y=None):
        N = X.shape[0]
        p, r = self.params, self.reg
        Xf = X.reshape(N, -1)
        pre = Xf.dot(p['W1']) + p['b1']
        H = np.maximum(0, pre)
        S = H.dot(p['W2']) + p['b2']
        if y is None:
            return S

        e = np.exp(S - S.max(axis=1, keepdims=True))
        prob = e / e.sum(axis=1, keepdims=True)
        data = -np.log(prob[np.arange(N), y]).mean()
        reg_loss = 0.5 * r * np.sum(p['W1'] ** 2) + 0.5 * r * np.sum(p['W2'] ** 2)
        dS = prob.copy()
        dS[np.arange(N), y] -= 1
        dS /= N
        dW2 = H.T.dot(dS) + r * p['W2']
        db2 = dS.sum(axis=0)
        dpre = dS.dot(p['W2'].T)
        dpre[pre <= 0] = 0
        dW1 = Xf.T.dot(dpre) + r * p['W1']
        db1 = dpre.sum(axis=0)
        return data + reg_loss, {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
