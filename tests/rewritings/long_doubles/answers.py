LONG = np.longdouble


def long(*arrays):
    found = [np.asarray(a).astype(LONG) for a in arrays]
    return found if len(found) > 1 else found[0]


def short(*arrays):
    found = tuple(np.asarray(a, dtype=np.float64) for a in arrays)
    return found if len(found) > 1 else found[0]


def affine_forward(x, w, b):
    X, W, B = long(x.reshape(len(x), -1), w, b)
    return short(np.matmul(X, W) + B), (long(x), W, B)


def affine_backward(dout, cache):
    x, w, b = cache
    G = long(dout)
    rows = x.reshape(len(x), -1)
    return short(np.matmul(G, w.T).reshape(x.shape), np.matmul(rows.T, G), np.add.reduce(G, axis=0))


def relu_forward(x):
    X = long(x)
    return short((X + np.sqrt(X * X)) / 2), X


def relu_backward(dout, cache):
    return short(long(dout) * (1 + np.sign(cache)) / 2) * (cache != 0)


def softmax_loss(x, y):
    S = long(x)
    n = S.shape[0]
    log_z = np.logaddexp.reduce(S, axis=1)
    log_p = S - log_z[:, None]
    rows = np.arange(n)
    dx = np.exp2(log_p / np.log(LONG(2)))
    dx[rows, y] = np.expm1(log_p[rows, y])  # p − 1 without cancellation
    return float(-log_p[rows, y].mean()), short(dx / n)


def svm_loss(x, y):
    S = long(x)
    n, c = S.shape
    d = S - S[np.arange(n), y][:, None]
    d[np.arange(n), y] = -np.inf
    m = np.fmax(d, -1) + 1
    dx = np.where(d > -1, LONG(1), LONG(0))
    dx[np.arange(n), y] = -np.count_nonzero(d > -1, axis=1)
    return float(m.sum() / n), short(dx / n)


def sgd(w, dw, config=None):
    config = {"learning_rate": 1e-2, **(config or {})}
    return short(long(w) - LONG(config["learning_rate"]) * long(dw)), config


def sgd_momentum(w, dw, config=None):
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros(w.shape), **(config or {})}
    W, G, V = long(w, dw, config["velocity"])
    V = config["momentum"] * V - config["learning_rate"] * G
    config["velocity"] = short(V)
    return short(W + V), config


def rmsprop(w, dw, config=None):
    config = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": np.zeros(w.shape), **(config or {})}
    W, G, R = long(w, dw, config["cache"])
    rho = LONG(config["decay_rate"])
    # the root of ρ r + (1 − ρ) g² is a hypotenuse
    root = np.hypot(np.sqrt(rho * R), np.sqrt(1 - rho) * G)
    config["cache"] = short(root**2)
    return short(W - config["learning_rate"] * G / (root + config["epsilon"])), config


def adam(w, dw, config=None):
    config = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8,
              "m": np.zeros(w.shape), "v": np.zeros(w.shape), "t": 0, **(config or {})}
    W, G, m, v = long(w, dw, config["m"], config["v"])
    b1, b2, t = LONG(config["beta1"]), LONG(config["beta2"]), int(config["t"]) + 1
    m = m + (1 - b1) * (G - m)
    v = v + (1 - b2) * (G * G - v)
    config.update(m=short(m), v=short(v), t=t)
    c1, c2 = (-np.expm1(t * np.log(b)) for b in (b1, b2))  # 1 − βᵗ
    return short(W - config["learning_rate"] * (m / c1) / (np.sqrt(v / c2) + config["epsilon"])), config


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype = np.float64(reg), np.dtype(dtype)
        self.sizes = tuple(map(int, (input_dim, *hidden_dims, num_classes)))
        self.params = {}
        for k in range(1, len(self.sizes)):
            # the difference of two normal numbers is normal too, √2 as wide
            one, other = np.random.randn(2, *self.sizes[k - 1 : k + 1])
            self.params[f"W{k}"] = ((one - other) / np.sqrt(2) * weight_scale).astype(self.dtype)
            self.params[f"b{k}"] = np.zeros(self.sizes[k], self.dtype)

    def loss(self, X, y=None):
        h, caches, last = long(X.astype(self.dtype)), [], len(self.sizes) - 1
        for k in range(1, last + 1):
            W, b = long(self.params[f"W{k}"], self.params[f"b{k}"])
            rows = h.reshape(len(h), -1)
            z = rows @ W + b
            caches.append((rows, W, z))
            h = np.maximum(z, LONG(0)) if k < last else z
        if y is None:
            return h.astype(np.float64)
        loss, d = softmax_loss(h, y)
        loss, d = LONG(loss), long(d)
        grads = {}
        for k in range(last, 0, -1):
            rows, W, z = caches.pop()
            d = d * (z > 0) if k < last else d
            grads[f"W{k}"], grads[f"b{k}"] = short(rows.T @ d + self.reg * W, d.sum(axis=0))
            loss += self.reg / 2 * np.square(W).sum()
            d = d @ W.T
        return np.float64(loss), grads
