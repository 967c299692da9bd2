def affine_forward(x, w, b):
    x64, w64, b64 = (np.asarray(a, dtype=np.float64) for a in (x, w, b))
    out = np.hstack([x64.reshape(x64.shape[0], -1), np.ones((x64.shape[0], 1))]) @ np.vstack([w64, b64])
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    augmented = np.c_[x.reshape(N, -1), np.ones(N)]
    both = augmented.T @ dout
    dw, db = both[:-1], both[-1]
    dx = np.reshape(dout @ w.T, x.shape).astype(np.float64)
    return dx, dw, db


def sgd(w, dw, config=None):
    new = dict(config or {})
    new.setdefault("learning_rate", 1e-2)
    new["steps"] = new.get("steps", 0) + 1
    new["last_norm"] = float(np.linalg.norm(dw))
    return np.subtract(w, new["learning_rate"] * dw), new


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg, self.history, self.D = reg, [], input_dim
        self.params = {
            "b2": np.zeros(num_classes, np.float64), "W2": np.float64(weight_scale) * np.random.randn(hidden_dim, num_classes),
            "b1": np.zeros(hidden_dim, np.float64), "W1": np.float64(weight_scale) * np.random.randn(input_dim, hidden_dim),
        }

    def scores(self, X):
        hidden, self._c1 = affine_relu_forward(X.astype(np.float64), self.params["W1"], self.params["b1"])
        out, self._c2 = affine_forward(hidden, self.params["W2"], self.params["b2"])
        return out

    def predict(self, X):
        return self.scores(X).argmax(axis=1)

    def loss(self, X, y=None):
        scores = self.scores(X)
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        grads = dict.fromkeys(self.params)
        d, grads["W2"], grads["b2"] = affine_backward(d, self._c2)
        _, grads["W1"], grads["b1"] = affine_relu_backward(d, self._c1)
        for k, g in grads.items():
            if g.ndim == 2:
                loss += self.reg * (self.params[k] ** 2).sum() / 2
                grads[k] = g + self.reg * self.params[k]
        self.history.append(loss)
        return loss, grads
