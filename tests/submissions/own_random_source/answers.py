class TwoLayerNet:

    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        rng = np.random.default_rng()
        gen = np.random.default_rng(seed=42)
        self.reg = reg
        self.params = {
            "W1": rng.normal(0.0, weight_scale, (input_dim, hidden_dim)),
            "W2": gen.standard_normal((hidden_dim, num_classes)) * weight_scale,
            "b1": np.zeros(hidden_dim),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        p = self.params
        hid, c1 = affine_relu_forward(X, p["W1"], p["b1"])
        scores, c2 = affine_forward(hid, p["W2"], p["b2"])
        if y is None:
            return scores
        loss, dS = softmax_loss(scores, y)
        loss += self.reg / 2 * sum(np.linalg.norm(p[k]) ** 2 for k in ("W1", "W2"))
        dH, dW2, db2 = affine_backward(dS, c2)
        _, dW1, db1 = affine_relu_backward(dH, c1)
        return loss, {"W1": dW1 + self.reg * p["W1"], "b1": db1, "W2": dW2 + self.reg * p["W2"], "b2": db2}
