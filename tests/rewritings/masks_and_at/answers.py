def affine_forward(x, w, b):
    axes = list(range(1, x.ndim))
    kernel = w.reshape(*x.shape[1:], w.shape[1])
    out = np.tensordot(x, kernel, axes=(axes, axes_before(kernel)))
    np.add.at(out, slice(None), b)
    return out, (x, w, b)


def axes_before(kernel):
    return list(range(kernel.ndim - 1))


def affine_backward(dout, cache):
    x, w, b = cache
    kernel = w.reshape(*x.shape[1:], w.shape[1])
    dx = np.tensordot(dout, kernel, axes=(1, kernel.ndim - 1))
    dw = np.tensordot(x, dout, axes=(0, 0)).reshape(w.shape)
    db = np.zeros_like(b)
    np.add.at(db, np.tile(np.arange(b.size), len(dout)), dout.ravel())
    return dx, dw, db


def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    return out, x


def relu_backward(dout, cache):
    dx = np.zeros_like(dout)
    alive = cache > 0
    dx[alive] = dout[alive]
    return dx


def softmax_loss(x, y):
    n, c = x.shape
    row = np.repeat(np.arange(n), c)
    top = np.full(n, -np.inf)
    np.maximum.at(top, row, x.ravel())
    e = np.exp(x.ravel() - top[row])
    total = np.bincount(row, weights=e, minlength=n)
    own = np.take_along_axis(x, y.reshape(n, 1), axis=1).ravel()
    dx = e / total[row]
    np.subtract.at(dx, np.ravel_multi_index((np.arange(n), y), (n, c)), 1)
    return np.mean(np.log(total) + top - own), np.divide(dx, n).reshape(n, c)


def svm_loss(x, y):
    n, c = x.shape
    own = np.take_along_axis(x, y.reshape(n, 1), axis=1)
    others = np.ones((n, c), dtype=bool)
    np.put_along_axis(others, y.reshape(n, 1), False, axis=1)
    gap = x - np.repeat(own, c, axis=1)
    violating = np.logical_and(others, np.greater(gap, -1))
    dx = np.zeros((n, c))
    dx[violating] += 1 / n
    i, _ = np.nonzero(violating)
    np.subtract.at(dx, (i, y[i]), 1 / n)
    return np.add.reduce(gap[violating] + 1) / n, dx


def sgd(w, dw, config=None):
    config = config if config is not None else {}
    config.setdefault("learning_rate", 1e-2)
    np.subtract.at(w, ..., config["learning_rate"] * dw)
    return w, config


def sgd_momentum(w, dw, config=None):
    config = config if config is not None else {}
    for name, value in (("learning_rate", 1e-2), ("momentum", 0.9), ("velocity", np.zeros(w.shape))):
        config.setdefault(name, value)
    config["velocity"] *= config["momentum"]
    config["velocity"] -= config["learning_rate"] * dw
    w += config["velocity"]
    return w, config


def rmsprop(w, dw, config=None):
    config = config if config is not None else {}
    for name, value in (("learning_rate", 1e-2), ("decay_rate", 0.99), ("epsilon", 1e-8), ("cache", np.zeros(w.shape))):
        config.setdefault(name, value)
    r = config["cache"]
    r *= config["decay_rate"]
    r += (1 - config["decay_rate"]) * dw * dw
    moves = dw != 0
    next_w = w.copy()
    next_w[moves] -= config["learning_rate"] * dw[moves] / (np.sqrt(r[moves]) + config["epsilon"])
    return next_w, config


def adam(w, dw, config=None):
    config = config if config is not None else {}
    for name, value in dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0).items():
        config.setdefault(name, value)
    m, v = (config.setdefault(name, np.zeros(w.shape)) for name in "mv")
    config["t"] += 1
    m *= config["beta1"]
    np.add(m, (1 - config["beta1"]) * dw, out=m)
    v *= config["beta2"]
    np.add(v, (1 - config["beta2"]) * np.power(dw, 2), out=v)
    right_m, right_v = (a / (1 - np.power(config[b], config["t"])) for a, b in ((m, "beta1"), (v, "beta2")))
    return np.subtract(w, config["learning_rate"] * np.divide(right_m, np.add(np.sqrt(right_v), config["epsilon"]))), config


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype = reg, dtype
        self.sizes = np.array([input_dim, *hidden_dims, num_classes])
        numbers = np.random.normal(size=int(np.sum(self.sizes[:-1] * self.sizes[1:]))) * weight_scale
        ends = np.cumsum(self.sizes[:-1] * self.sizes[1:])[:-1]
        self.params = {}
        for k, part in enumerate(np.split(numbers, ends)):
            self.params[f"W{k + 1}"] = part.reshape(self.sizes[k], self.sizes[k + 1]).astype(dtype)
            self.params[f"b{k + 1}"] = np.zeros(self.sizes[k + 1], dtype)

    def loss(self, X, y=None):
        last = len(self.sizes) - 1
        values = np.empty(last + 1, dtype=object)  # of the layers, X first
        values[0] = X.astype(self.dtype).reshape(len(X), -1)
        for k in range(1, last + 1):
            values[k], _ = affine_forward(values[k - 1], self.params[f"W{k}"], self.params[f"b{k}"])
            if k < last:
                values[k][values[k] < 0] = 0
        if y is None:
            return values[last]
        loss, d = softmax_loss(values[last], y)
        grads = {}
        for k in range(last, 0, -1):
            W = self.params[f"W{k}"]
            d, grads[f"W{k}"], grads[f"b{k}"] = affine_backward(d, (values[k - 1], W, self.params[f"b{k}"]))
            d[values[k - 1] == 0] = 0  # of X this is not used
            np.add.at(grads[f"W{k}"], ..., self.reg * W)
            loss += np.tensordot(W, W) * self.reg / 2
        return loss, grads
