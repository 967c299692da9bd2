def numerical_gradient(f, x, h=1e-5):
    grad, moved = np.empty_like(x), np.empty_like(x)
    for place in np.ndindex(x.shape):
        np.copyto(moved, x)
        moved[place] += h
        grad[place] = f(moved)
        moved[place] = x[place]
        moved[place] -= h
        grad[place] -= f(moved)
    grad /= 2 * h
    return grad


def affine_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1)
    out = np.empty((rows.shape[0], w.shape[1]))
    np.dot(rows, w, out=out)
    np.add(out, b, out=out)
    scratch = {"dx": np.empty(rows.shape), "dw": np.empty(w.shape), "db": np.empty(b.shape)}
    return out, (x, w, b, scratch)


def affine_backward(dout, cache):
    x, w, b, scratch = cache
    np.matmul(dout, w.T, out=scratch["dx"])
    np.matmul(x.reshape(x.shape[0], -1).T, dout, out=scratch["dw"])
    np.sum(dout, axis=0, out=scratch["db"])
    dx, dw, db = (scratch[name].copy() for name in ("dx", "dw", "db"))
    dx.shape = x.shape
    return dx, dw, db


def relu_forward(x):
    out = np.zeros_like(x)
    np.copyto(out, x, where=x > 0)
    return out, x


def relu_backward(dout, cache):
    dx = np.array(dout, copy=True)
    np.putmask(dx, cache <= 0, 0)
    return dx


def softmax_loss(x, y):
    n = x.shape[0]
    work = np.empty_like(x)
    column = np.empty((n, 1))
    np.max(x, axis=1, keepdims=True, out=column)
    np.subtract(x, column, out=work)
    loss = -np.take_along_axis(work, y[:, None], axis=1).sum()
    np.exp(work, out=work)
    np.sum(work, axis=1, keepdims=True, out=column)
    np.divide(work, column, out=work)
    np.log(column, out=column)
    loss += column.sum()
    np.put_along_axis(work, y[:, None], np.take_along_axis(work, y[:, None], axis=1) - 1, axis=1)
    work *= 1 / n
    return loss / n, work


def svm_loss(x, y):
    n = x.shape[0]
    work = x.copy()
    work -= np.take_along_axis(x, y[:, None], axis=1)
    work += 1
    np.put_along_axis(work, y[:, None], 0, axis=1)
    np.clip(work, 0, None, out=work)
    loss = np.add.reduce(work, axis=None)
    np.sign(work, out=work)
    np.subtract.at(work, (np.arange(n), y), work.sum(axis=1))
    np.true_divide(work, n, out=work)
    return loss / n, work


def sgd(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    step = dw.copy()
    step *= config["learning_rate"]
    w -= step
    return w, config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        shapes = {"W1": (input_dim, hidden_dim), "W2": (hidden_dim, num_classes)}
        rng = np.random.default_rng(np.random.bytes(16)[0] + np.random.randint(1 << 30))
        self.params, self.reg, self._work = {}, reg, {}
        for name, shape in shapes.items():
            self.params[name] = np.empty(shape)
            rng.standard_normal(out=self.params[name])
            self.params[name] *= weight_scale
            self.params["b" + name[1]] = np.zeros(shape[1])

    def _buffer(self, name, shape):
        """An array that is kept from one call to the next."""
        if name not in self._work or self._work[name].shape != shape:
            self._work[name] = np.empty(shape)
        return self._work[name]

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        rows, n = X.reshape(X.shape[0], -1), X.shape[0]
        hidden = np.matmul(rows, W1, out=self._buffer("hidden", (n, b1.size)))
        hidden += b1
        gate = np.greater(hidden, 0, out=np.empty(hidden.shape, bool))
        np.multiply(hidden, gate, out=hidden)
        scores = np.matmul(hidden, W2, out=self._buffer("scores", (n, b2.size)))
        scores += b2
        if y is None:
            return scores.copy()
        loss, dscores = softmax_loss(scores, y)
        grads = {name: self.reg * W for name, W in (("W1", W1), ("W2", W2))}
        dhidden = np.matmul(dscores, W2.T, out=self._buffer("dhidden", hidden.shape))
        dhidden *= gate
        grads["W2"] += hidden.T @ dscores
        grads["W1"] += rows.T @ dhidden
        grads["b2"], grads["b1"] = dscores.sum(0), dhidden.sum(0)
        for W in (W1, W2):
            loss += 0.5 * self.reg * np.vdot(W, W)
        return loss, grads
