def affine_forward(x, w, b):
    def back(dout):
        rows = x.reshape(x.shape[0], -1)
        return dout.dot(w.T).reshape(x.shape), rows.T.dot(dout), dout.sum(0)

    return x.reshape(x.shape[0], -1).dot(w) + b, back


def affine_backward(dout, cache):
    return cache(dout)


def relu_forward(x):
    alive = x > 0
    return x * alive, lambda dout: dout * alive


def relu_backward(dout, cache):
    return cache(dout)


def _add_up(values, f):
    """f of all, added up by halves."""
    if len(values) == 1:
        return f(values[0])
    half = len(values) // 2
    return _add_up(values[:half], f) + _add_up(values[half:], f)


def softmax_loss(x, y):
    """The loss of a batch is the mean of those of its first example and of the rest."""
    n = len(x)
    row = x[0] - x[0].max()
    p = np.exp(row) / np.exp(row).sum()
    loss, dx = np.log(np.exp(row).sum()) - row[y[0]], p.copy()
    dx[y[0]] -= 1
    if n == 1:
        return loss, dx[None]
    rest, drest = softmax_loss(x[1:], y[1:])
    return (loss + (n - 1) * rest) / n, np.concatenate([dx[None], (n - 1) * drest]) / n


def svm_loss(x, y):
    n = len(x)
    margins = x[0] - x[0, y[0]] + 1
    margins[y[0]] = 0
    dx = np.where(margins > 0, 1.0, 0.0)
    loss = margins @ dx
    dx[y[0]] = -dx.sum()
    if n == 1:
        return loss, dx[None]
    rest, drest = svm_loss(x[1:], y[1:])
    return (loss + (n - 1) * rest) / n, np.concatenate([dx[None], (n - 1) * drest]) / n


def _filled(config, defaults):
    """config with the first default that it lacks, and so on."""
    if not defaults:
        return config
    (name, value), *others = defaults
    return _filled(config if name in config else {**config, name: value}, others)


def sgd(w, dw, config=None):
    config = _filled(config or {}, [("learning_rate", 1e-2)])
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w, dw, config=None):
    config = _filled(config or {}, [("learning_rate", 1e-2), ("momentum", 0.9), ("velocity", 0 * w)])
    config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    return w + config["velocity"], config


def rmsprop(w, dw, config=None):
    config = _filled(
        config or {}, [("learning_rate", 1e-2), ("decay_rate", 0.99), ("epsilon", 1e-8), ("cache", 0 * w)]
    )
    r = config["cache"] = dw * dw + config["decay_rate"] * (config["cache"] - dw * dw)
    return w - config["learning_rate"] / (r**0.5 + config["epsilon"]) * dw, config


def _power(b, n):
    return 1 if n == 0 else b * _power(b, n - 1)


def adam(w, dw, config=None):
    if config is None:
        return adam(w, dw, {})
    if "t" not in config:
        return adam(w, dw, {**config, "t": 0})
    config = _filled(
        config,
        [("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("m", 0 * w), ("v", 0 * w)],
    )
    t = config["t"] + 1
    m = dw + config["beta1"] * (config["m"] - dw)
    v = dw**2 + config["beta2"] * (config["v"] - dw**2)
    c1, c2 = 1 - _power(config["beta1"], t), 1 - _power(config["beta2"], t)
    step = config["learning_rate"] * (m / c1) / ((v / c2) ** 0.5 + config["epsilon"])
    return w - step, {**config, "m": m, "v": v, "t": t}


def _through(h, layers):
    """The scores, and a function from their slope to [(dW1, db1), …] for these layers."""
    (W, b), *above = layers
    out, back = affine_forward(h, W, b)
    if not above:
        return out, lambda d: (lambda dh, dW, db: (dh, [(dW, db)]))(*back(d))
    active, gate = relu_forward(out)
    scores, back_above = _through(active, above)

    def back_all(d):
        d, found = back_above(d)
        dh, dW, db = back(gate(d))
        return dh, [(dW, db), *found]

    return scores, back_all


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype = reg, dtype

        def layers(sizes, k=1):
            if len(sizes) < 2:
                return {}
            W = (weight_scale * np.random.randn(*sizes[:2])).astype(dtype)
            return {f"W{k}": W, f"b{k}": np.zeros(sizes[1], dtype), **layers(sizes[1:], k + 1)}

        self.params = layers([input_dim, *hidden_dims, num_classes])

    def _layers(self, k=1):
        return [(self.params[f"W{k}"], self.params[f"b{k}"]), *self._layers(k + 1)] if f"W{k}" in self.params else []

    def loss(self, X, y=None):
        layers = self._layers()
        scores, back = _through(X.astype(self.dtype), layers)
        if y is None:
            return scores
        data, dscores = softmax_loss(scores, y)
        grads = {}
        for k, ((dW, db), (W, _)) in enumerate(zip(back(dscores)[1], layers), 1):
            grads |= {f"W{k}": dW + self.reg * W, f"b{k}": db}
        return data + 0.5 * self.reg * _add_up([W for W, _ in layers], lambda W: (W**2).sum()), grads
