class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim), "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes), "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        num = X.shape[0]
        X_flat = X.reshape(num, -1)
        hidden = X_flat @ W1 + b1
        scores = np.maximum(0, hidden) @ W2 + b2
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        grads = {}
        grads["W2"] = hidden.T @ dscores + self.reg * W2
        grads["b2"] = np.sum(dscores, axis=0)
        dhidden = dscores @ W2.T
        dhidden[hidden <= 0] = 0
        grads["W1"] = X_flat.T @ dhidden + self.reg * W1
        grads["b1"] = np.sum(dhidden, axis=0)
        return loss, grads
