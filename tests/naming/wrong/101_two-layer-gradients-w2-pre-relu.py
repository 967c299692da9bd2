"""dW2 is formed from the hidden layer before its ReLU.
question: TwoLayerNet.gradients
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = dict(
            W1=weight_scale * np.random.randn(input_dim, hidden_dim), b1=np.zeros(hidden_dim),
            W2=weight_scale * np.random.randn(hidden_dim, num_classes), b2=np.zeros(num_classes))

    def loss(self, X, y=None):
        W1, b1, W2, b2 = self.params["W1"], self.params["b1"], self.params["W2"], self.params["b2"]
        rows = X.reshape(X.shape[0], -1)
        Z1 = np.dot(rows, W1) + b1
        A1 = np.maximum(Z1, 0)
        Z2 = np.dot(A1, W2) + b2
        if y is None:
            return Z2
        loss, dZ2 = softmax_loss(Z2, y)
        loss += 0.5 * self.reg * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
        dW2 = np.dot(Z1.T, dZ2) + self.reg * W2
        db2 = np.sum(dZ2, axis=0)
        dZ1 = np.dot(dZ2, W2.T)
        dZ1[Z1 <= 0] = 0
        dW1 = np.dot(rows.T, dZ1) + self.reg * W1
        db1 = np.sum(dZ1, axis=0)
        return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
