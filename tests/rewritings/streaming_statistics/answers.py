import math
import statistics


class Moments:
    """Count, mean and sum of squared deviations of what was added; two of them can be put together."""

    def __init__(self, values=()):
        self.count, self.mean, self.squares = 0, 0.0, 0.0
        for value in values:
            self += value

    def __iadd__(self, value):
        self.count += 1
        delta = value - self.mean
        self.mean += delta / self.count
        self.squares += delta * (value - self.mean)
        return self

    def __or__(self, other):
        both = Moments()
        both.count = self.count + other.count
        delta = other.mean - self.mean
        both.mean = (self.count * self.mean + other.count * other.mean) / both.count
        both.squares = self.squares + other.squares + delta**2 * self.count * other.count / both.count
        return both

    @property
    def variance(self):
        return self.squares / self.count


def affine_forward(x, w, b):
    out = []
    for example in x:
        sums = b.copy()
        for value, weights in zip(np.nditer(np.ascontiguousarray(example)), w):
            sums = sums + value * weights
        out.append(sums)
    return np.array(out), (x, w, b)


def affine_backward(dout, cache):
    x, w, _ = cache
    dx, dw, db = [], 0, 0
    for example, d in zip(x, dout):
        dx.append([d.dot(row) for row in w])
        dw = dw + np.outer(example, d)
        db = db + d
    return np.array(dx).reshape(x.shape), dw, db


def relu_forward(x):
    return np.vectorize(lambda v: v if v > 0 else 0.0, otypes=[float])(x), x


def relu_backward(dout, cache):
    return np.vectorize(lambda d, v: d * (v > 0), otypes=[float])(dout, cache)


def softmax_loss(x, y):
    losses, dx = [], np.empty(x.shape)
    for i, (row, true) in enumerate(zip(x.tolist(), y.tolist())):
        # a running maximum and the sum that belongs to it, in one pass
        top, total = -math.inf, 0.0
        for s in row:
            total = total * math.exp(top - s) + 1 if s > top else total + math.exp(s - top)
            top = max(top, s)
        losses.append(top + math.log(total) - row[true])
        dx[i] = [(math.exp(s - top) / total - (j == true)) / len(x) for j, s in enumerate(row)]
    return statistics.fmean(losses), dx


def adam(w, dw, config=None):
    config = config if config is not None else {}
    config.setdefault("learning_rate", 1e-3)
    for key, value in [("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8)]:
        config.setdefault(key, value)
    m, v = config.get("m", np.zeros(w.shape)).ravel().tolist(), config.get("v", np.zeros(w.shape)).ravel().tolist()
    t = config["t"] = config.get("t", 0) + 1
    b1, b2 = config["beta1"], config["beta2"]
    moved = []
    for k, (value, g) in enumerate(zip(w.ravel().tolist(), dw.ravel().tolist())):
        m[k] = math.fsum([b1 * m[k], g, -b1 * g])
        v[k] = math.fsum([b2 * v[k], g * g, -b2 * g * g])
        first, second = m[k] / (1 - math.pow(b1, t)), v[k] / (1 - math.pow(b2, t))
        moved.append(value - config["learning_rate"] * first / (math.sqrt(second) + config["epsilon"]))
    config["m"], config["v"] = np.reshape(m, w.shape), np.reshape(v, w.shape)
    return np.reshape(moved, w.shape), config


def _hats(x, eps):
    """Of each row of x: normalised, and 1 / σ."""
    hats, inverses, moments = [], [], []
    for row in x.tolist():
        half = len(row) // 2
        m = Moments(row[:half]) | Moments(row[half:]) if half else Moments(row)
        inverse = 1 / math.sqrt(m.variance + eps)
        hats.append([(v - m.mean) * inverse for v in row])
        inverses.append(inverse)
        moments.append((m.mean, m.variance))
    return np.array(hats), np.array(inverses), np.array(moments).T


def _slopes(g, hats, inverses):
    rows = []
    for slopes, hat, inverse in zip(g, hats, inverses):
        a, b = statistics.fmean(slopes), statistics.fmean(slopes * hat)
        rows.append([(s - a - h * b) * inverse for s, h in zip(slopes, hat)])
    return np.array(rows)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    mean = bn_param.setdefault("running_mean", np.zeros(x.shape[1]))
    var = bn_param.setdefault("running_var", np.zeros(x.shape[1]))
    if bn_param["mode"] == "test":
        out = [[g * (v - m) / math.sqrt(s + eps) + b for v, m, s, g, b in zip(row, mean, var, gamma, beta)] for row in x]
        return np.array(out), None
    hats, inverses, (means, variances) = _hats(x.T, eps)
    share = bn_param.get("momentum", 0.9)
    bn_param["running_mean"] = mean + (1 - share) * (means - mean)
    bn_param["running_var"] = var + (1 - share) * (variances - var)
    return (hats * gamma[:, None] + beta[:, None]).T, (hats, inverses, gamma)


def batchnorm_backward(dout, cache):
    hats, inverses, gamma = cache
    dx = _slopes(dout.T * gamma[:, None], hats, inverses).T
    return dx, np.array([math.fsum(d * h) for d, h in zip(dout.T, hats)]), np.array([math.fsum(d) for d in dout.T])


def layernorm_forward(x, gamma, beta, ln_param):
    hats, inverses, _ = _hats(x, ln_param.get("eps", 1e-5))
    return np.array([[g * h + b for g, h, b in zip(gamma, row, beta)] for row in hats]), (hats, inverses, gamma)


def layernorm_backward(dout, cache):
    hats, inverses, gamma = cache
    dgamma, dbeta = np.zeros_like(gamma), np.zeros_like(gamma)
    for d, hat in zip(dout, hats):
        dgamma += d * hat
        dbeta += d
    return _slopes(np.array([d * gamma for d in dout]), hats, inverses), dgamma, dbeta


def dropout_forward(x, dropout_param):
    import random

    p = dropout_param["p"]
    if dropout_param["mode"] != "train":
        return x.copy(), (dropout_param, None)
    chance = random.Random(dropout_param["seed"]) if "seed" in dropout_param else random
    mask = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        if chance.random() < p:
            mask[place] = 1 / p
    return x * mask, (dropout_param, mask)


def dropout_backward(dout, cache):
    _, mask = cache
    return dout.copy() if mask is None else dout * mask


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio < 1
        self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
        if seed is not None:
            self.dropout_param["seed"] = seed
        self.bn_params = []
        self.reg, self.dtype, self.num_layers, self.params = reg, dtype, len(hidden_dims) + 1, {}
        dims = [input_dim] + list(hidden_dims) + [num_classes]
        for i in range(self.num_layers):
            self.params["W%d" % (i + 1)] = np.random.normal(0, weight_scale, (dims[i], dims[i + 1]))
            self.params["b%d" % (i + 1)] = np.zeros(dims[i + 1])
            if normalization is not None and i < self.num_layers - 1:
                self.params["gamma%d" % (i + 1)] = np.ones(dims[i + 1])
                self.params["beta%d" % (i + 1)] = np.zeros(dims[i + 1])
                self.bn_params.append({"mode": "train"})
        for key in self.params:
            self.params[key] = self.params[key].astype(dtype)

    def loss(self, X, y=None):
        self.dropout_param["mode"] = "test" if y is None else "train"
        for bn_param in self.bn_params:
            bn_param["mode"] = self.dropout_param["mode"]
        out, caches = X.astype(self.dtype), []
        for i in range(1, self.num_layers + 1):
            out, fc = affine_forward(out, self.params["W%d" % i], self.params["b%d" % i])
            norm = relu = drop = None
            if i < self.num_layers:
                if self.normalization == "batchnorm":
                    out, norm = batchnorm_forward(out, self.params["gamma%d" % i], self.params["beta%d" % i], self.bn_params[i - 1])
                elif self.normalization == "layernorm":
                    out, norm = layernorm_forward(out, self.params["gamma%d" % i], self.params["beta%d" % i], self.bn_params[i - 1])
                out, relu = relu_forward(out)
                if self.use_dropout:
                    out, drop = dropout_forward(out, self.dropout_param)
            caches.append((fc, norm, relu, drop))
        if y is None:
            return out
        loss, d = softmax_loss(out, y)
        grads = {}
        for i in range(self.num_layers, 0, -1):
            fc, norm, relu, drop = caches.pop()
            if i < self.num_layers:
                if self.use_dropout:
                    d = dropout_backward(d, drop)
                d = relu_backward(d, relu)
                if self.normalization:
                    back = batchnorm_backward if self.normalization == "batchnorm" else layernorm_backward
                    d, grads["gamma%d" % i], grads["beta%d" % i] = back(d, norm)
            d, grads["W%d" % i], grads["b%d" % i] = affine_backward(d, fc)
            for j, row in enumerate(self.params["W%d" % i]):
                loss += 0.5 * self.reg * math.fsum(row * row)
                grads["W%d" % i][j] += self.reg * row
        return loss, grads
