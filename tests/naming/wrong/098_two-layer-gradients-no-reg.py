"""The regularisation is in the loss, but not in the gradients.
question: TwoLayerNet.gradients
assignment: two_layer_net
"""

import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {}
        self.params["W1"] = weight_scale * np.random.randn(input_dim, hidden_dim)
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = weight_scale * np.random.randn(hidden_dim, num_classes)
        self.params["b2"] = np.zeros(num_classes)

    def loss(self, X, y=None):
        layer1, cache1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        layer2, cache2 = affine_forward(layer1, self.params["W2"], self.params["b2"])
        scores = layer2
        if y is None:
            return scores
        loss, dlayer2 = softmax_loss(scores, y)
        loss = loss + 0.5 * self.reg * np.sum(self.params["W1"] ** 2)
        loss = loss + 0.5 * self.reg * np.sum(self.params["W2"] ** 2)
        dlayer1, dW2, db2 = affine_backward(dlayer2, cache2)
        _, dW1, db1 = affine_relu_backward(dlayer1, cache1)
        return loss, {"W1": dW1, "W2": dW2, "b1": db1, "b2": db2}
