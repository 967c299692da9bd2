class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=0.001, reg=0.):
        self.reg = reg
        self.params = {
            'W1': np.random.standard_normal((input_dim, hidden_dim)) * weight_scale,
            'b1': np.zeros(hidden_dim),
            'W2': np.random.standard_normal((hidden_dim, num_classes)) * weight_scale,
            'b2': np.zeros(num_classes)}

    def loss(self, X, y=None):
        W1, b1, W2, b2 = self.params['W1'], self.params['b1'], self.params['W2'], self.params['b2']
        N = X.shape[0]
        X = X.reshape(N, -1)
        z1 = X.dot(W1) + b1
        a1 = np.maximum(0, z1)
        scores = a1.dot(W2) + b2
        if y is None:
            return scores
        exps = np.exp(scores - scores.max(axis=1, keepdims=True))
        probs = exps / exps.sum(axis=1, keepdims=True)
        loss = -np.log(probs[np.arange(N), y]).mean() + 0.5 * self.reg * ((W1 ** 2).sum() + (W2 ** 2).sum())
        dz2 = probs
        dz2[np.arange(N), y] -= 1
        dz2 /= N
        dz1 = dz2.dot(W2.T) * (z1 > 0)
        return loss, {
            'W2': a1.T.dot(dz2) + self.reg * W2,
            'b2': dz2.sum(axis=0),
            'W1': X.T.dot(dz1) + self.reg * W1,
            'b1': dz1.sum(axis=0),
        }
