def numerical_gradient(f, x, h=1e-5):
    directions = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in directions]).reshape(x.shape)


def affine_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1)
    return rows @ w + b, (x.shape, rows, w)


def affine_backward(dout, cache):
    shape, rows, w = cache
    by_x = np.kron(np.eye(len(rows)), w.T)  # ∂out/∂x, (N M, N D)
    by_w = np.kron(rows, np.eye(w.shape[1]))  # ∂out/∂w, (N M, D M)
    by_b = np.tile(np.eye(w.shape[1]), (len(rows), 1))  # ∂out/∂b, (N M, M)
    slopes = dout.reshape(-1)
    return (slopes @ by_x).reshape(shape), (slopes @ by_w).reshape(w.shape), slopes @ by_b


def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    jacobian = np.diag(np.where(cache.ravel() > 0, 1.0, 0.0))
    return (dout.ravel() @ jacobian).reshape(cache.shape)


def softmax_loss(x, y):
    N, C = x.shape
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(N)
    jacobians = np.einsum("nj,jk->njk", p, np.eye(C)) - np.einsum("nj,nk->njk", p, p)  # ∂p/∂x
    slopes = np.zeros((N, C))
    slopes[rows, y] = -1 / (N * p[rows, y])  # ∂L/∂p
    return -np.log(p[rows, y]).mean(), np.einsum("njk,nj->nk", jacobians, slopes)


def svm_loss(x, y):
    N, C = x.shape
    true = np.eye(C)[y]
    pairs = x[:, :, None] - x[:, None, :] + 1  # of each class with each other one
    asked = true[:, None, :] * (1 - true)[:, :, None]
    hinges = np.maximum(pairs, 0) * asked
    on = np.sign(hinges)
    return hinges.sum() / N, (on.sum(axis=2) - on.sum(axis=1)) / N


def sgd(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    return w - (config["learning_rate"] * np.eye(w.size) @ dw.ravel()).reshape(w.shape), config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {"W1": np.random.normal(0, weight_scale, (input_dim, hidden_dim)), "b1": np.zeros(hidden_dim)}
        self.params["W2"] = np.random.normal(0, weight_scale, (hidden_dim, num_classes))
        self.params["b2"] = np.zeros(num_classes)

    def loss(self, X, y=None):
        hidden, first = affine_forward(X, self.params["W1"], self.params["b1"])
        active, gate = relu_forward(hidden)
        scores, second = affine_forward(active, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        loss, slopes = softmax_loss(scores, y)
        slopes, dW2, db2 = affine_backward(slopes, second)
        _, dW1, db1 = affine_backward(relu_backward(slopes, gate), first)
        W1, W2 = self.params["W1"], self.params["W2"]
        loss += 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2))
        return loss, {"W1": dW1 + self.reg * W1, "b1": db1, "W2": dW2 + self.reg * W2, "b2": db2}
