class TwoLayerNet(object):
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        np.random.seed(0)
        self.params = dict()
        self.reg = reg
        D, H, C = input_dim, hidden_dim, num_classes
        self.params['W1'] = np.random.normal(loc=0.0, scale=weight_scale, size=(D, H))
        self.params['b1'] = np.zeros_like(self.params['W1'][0])
        self.params['W2'] = np.random.normal(scale=weight_scale, size=H * C).reshape(H, C)
        self.params['b2'] = np.zeros(shape=(C,), dtype=float)

    def loss(self, X, y=None):
        scores = None
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        a1, cache_a1 = affine_forward(X, W1, b1)
        h1, cache_h1 = relu_forward(a1)
        scores, cache_a2 = affine_forward(h1, W2, b2)
        # If y is None then we are in test mode so just return scores
        if y is None:
            return scores
        loss, grads = 0, {}
        loss, dscores = softmax_loss(scores, y)
        loss = loss + 0.5*self.reg*np.sum(W1*W1) + 0.5*self.reg*np.sum(W2*W2)
        dh1, grads['W2'], grads['b2'] = affine_backward(dscores, cache_a2)
        da1 = relu_backward(dh1, cache_h1)
        dX, grads['W1'], grads['b1'] = affine_backward(da1, cache_a1)
        grads['W1'] += self.reg*W1
        grads['W2'] += self.reg*W2
        return loss, grads
