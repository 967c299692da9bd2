import numpy as np

from nn.activations import relu_backward, relu_forward
from nn.affine import affine_backward, affine_forward
from nn import losses


class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {'W1': weight_scale * np.random.randn(input_dim, hidden_dim),
                       'b1': np.zeros(hidden_dim),
                       'W2': weight_scale * np.random.randn(hidden_dim, num_classes),
                       'b2': np.zeros(num_classes)}

    def loss(self, X, y=None):
        p = self.params
        z, c1 = affine_forward(X, p['W1'], p['b1'])
        h, c2 = relu_forward(z)
        s, c3 = affine_forward(h, p['W2'], p['b2'])
        if y is None:
            return s
        loss, ds = losses.softmax_loss(s, y)
        loss += .5 * self.reg * ((p['W1']**2).sum() + (p['W2']**2).sum())
        dh, dW2, db2 = affine_backward(ds, c3)
        _, dW1, db1 = affine_backward(relu_backward(dh, c2), c1)
        return loss, {'W1': dW1 + self.reg*p['W1'], 'b1': db1, 'W2': dW2 + self.reg*p['W2'], 'b2': db2}
