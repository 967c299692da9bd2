class TwoLayerNet:
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params['W1'] = np.random.randn(input_dim, hidden_dim) * weight_scale
        self.params['W2'] = np.random.randn(hidden_dim, num_classes) * weight_scale
        self.params['b1'] = np.zeros(hidden_dim)
        self.params['b2'] = np.zeros(num_classes)

    def loss(self, X, y=None):
        h, c1 = affine_relu_forward(X, self.params['W1'], self.params['b1'])
        scores, c2 = affine_forward(h, self.params['W2'], self.params['b2'])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        dh, dW2, db2 = affine_backward(dscores, c2)
        dX, dW1, db1 = affine_relu_backward(dh, c1)
        return loss, {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
