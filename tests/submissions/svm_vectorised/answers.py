def svm_loss(x, y):
    N = x.shape[0]
    correct_class_scores = x[np.arange(N), y][:, None]
    margins = np.maximum(0, x - correct_class_scores + 1.0)
    margins[np.arange(N), y] = 0
    loss = np.array(np.sum(margins) / N)
    num_pos = np.sum(margins > 0, axis=1, keepdims=True)
    dx = np.zeros_like(x)
    dx[margins > 0] = 1
    dx[np.arange(N)[:, None], y[:, None]] -= num_pos
    dx /= N
    return loss, dx


def softmax_loss(x, y):
    N = x.shape[0]
    x = x - x.max(axis=1, keepdims=True)
    log_probs = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
    losses = -log_probs[np.arange(N), y]
    dx = np.exp(log_probs)
    dx[np.arange(N), y] -= 1
    return float(losses.mean()), np.divide(dx, N)


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params, self.reg = {}, reg
        rs = np.random.RandomState()
        self.params["W1"] = weight_scale * rs.randn(input_dim, hidden_dim)
        self.params["W2"] = weight_scale * rs.randn(hidden_dim, num_classes)
        self.params["b1"], self.params["b2"] = np.zeros(hidden_dim), np.zeros(num_classes)

    def loss(self, X, y=None):
        hidden, c1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        scores, c2 = affine_forward(hidden, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        total = np.asarray(loss)
        for w in (self.params["W1"], self.params["W2"]):
            total = np.asarray(total + 0.5 * self.reg * np.vdot(w, w))
        grads = {}
        d, grads["W2"], grads["b2"] = affine_backward(d, c2)
        _, grads["W1"], grads["b1"] = affine_relu_backward(d, c1)
        for k in ("W1", "W2"):
            grads[k] += self.reg * self.params[k]
        return total, grads
