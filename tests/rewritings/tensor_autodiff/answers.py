class Tape(list):
    """Operations in the order in which they happened; the way back is the other direction."""

    def tensor(self, value):
        return Tensor(np.array(value, dtype=float), self)

    def back(self, last, slope):
        slopes = {id(last): slope}
        for out, pulls in reversed(self):
            if id(out) in slopes:
                for tensor, pull in pulls:
                    share = pull(slopes[id(out)])
                    slopes[id(tensor)] = slopes[id(tensor)] + share if id(tensor) in slopes else share
        return lambda tensor: slopes.get(id(tensor), np.zeros(tensor.data.shape))


def shrink(slope, shape):
    extra = slope.ndim - len(shape)
    axes = tuple(range(extra)) + tuple(extra + i for i, n in enumerate(shape) if n == 1)
    return slope.sum(axis=axes, keepdims=True).reshape(shape) if axes else slope


class Tensor:
    __slots__ = ("data", "tape")
    __array_priority__ = 100

    def __init__(self, data, tape):
        self.data, self.tape = data, tape

    def _new(self, data, *pulls):
        out = Tensor(np.asarray(data), self.tape)
        self.tape.append((out, pulls))
        return out

    def _both(self, other, data, mine, its):
        pulls = [(self, lambda g: shrink(mine(g), self.data.shape))]
        if isinstance(other, Tensor):
            pulls.append((other, lambda g: shrink(its(g), other.data.shape)))
        return self._new(data, *pulls)

    def __add__(self, other):
        return self._both(other, self.data + raw(other), lambda g: g, lambda g: g)

    def __sub__(self, other):
        return self._both(other, self.data - raw(other), lambda g: g, lambda g: -g)

    def __mul__(self, other):
        return self._both(other, self.data * raw(other), lambda g: g * raw(other), lambda g: g * self.data)

    def __truediv__(self, other):
        b = raw(other)
        return self._both(other, self.data / b, lambda g: g / b, lambda g: -g * self.data / b**2)

    def __matmul__(self, other):
        return self._new(
            self.data @ other.data, (self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g)
        )

    def flat(self):
        shape = self.data.shape
        return self._new(self.data.reshape(shape[0], -1), (self, lambda g: g.reshape(shape)))

    def sqrt(self):
        root = np.sqrt(self.data)
        return self._new(root, (self, lambda g: g / (2 * root)))

    def exp(self):
        e = np.exp(self.data)
        return self._new(e, (self, lambda g: g * e))

    def log(self):
        return self._new(np.log(self.data), (self, lambda g: g / self.data))

    def relu(self):
        on = self.data > 0
        return self._new(np.where(on, self.data, 0), (self, lambda g: np.where(on, g, 0)))

    def sum(self, axis):
        shape = self.data.shape
        return self._new(self.data.sum(axis=axis, keepdims=True), (self, lambda g: np.broadcast_to(g, shape)))

    def mean(self, axis):
        return self.sum(axis) * (1 / self.data.shape[axis])

    def pick(self, index):
        def spread(g):
            whole = np.zeros(self.data.shape)
            whole[index] = g
            return whole

        return self._new(self.data[index], (self, spread))


def raw(thing):
    return thing.data if isinstance(thing, Tensor) else thing


def taped(f, *arrays):
    """The value of f, and a cache from which the slopes by the arrays come."""
    tape = Tape()
    tensors = [tape.tensor(array) for array in arrays]
    out = f(*tensors)
    return out, (tape, out, tensors)


def untaped(dout, cache):
    tape, out, tensors = cache
    slope_of = tape.back(out, np.asarray(dout, float))
    return tuple(slope_of(tensor) for tensor in tensors)


def affine(x, w, b):
    return x.flat() @ w + b


def standardised(x, gamma, beta, axis, eps):
    centred = x - x.mean(axis)
    var = (centred * centred).mean(axis)
    return centred / (var + eps).sqrt() * gamma + beta, var


def cross_entropy(scores, y):
    z = scores - scores.data.max(axis=1, keepdims=True)
    n = len(y)
    each = z.exp().sum(1).log().flat().pick((slice(None), 0)) - z.pick((np.arange(n), y))
    return each.sum(0) * (1 / n)


def affine_forward(x, w, b):
    out, cache = taped(affine, x, w, b)
    return out.data, cache


def affine_backward(dout, cache):
    return untaped(dout, cache)


def relu_forward(x):
    out, cache = taped(Tensor.relu, x)
    return out.data, cache


def relu_backward(dout, cache):
    return untaped(dout, cache)[0]


def softmax_loss(x, y):
    loss, cache = taped(lambda s: cross_entropy(s, y), x)
    return float(loss.data[0]), untaped([1.0], cache)[0]


def adam(w, dw, config=None):
    config = {} if config is None else config
    start = dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    for name in start.keys() - config.keys():
        config[name] = start[name]
    tape = Tape()
    w, g, m, v = (tape.tensor(a) for a in (w, dw, config["m"], config["v"]))
    b1, b2, t = config["beta1"], config["beta2"], config["t"] + 1
    m, v = m * b1 + g * (1 - b1), v * b2 + g * g * (1 - b2)
    step = m / (1 - b1**t) / ((v / (1 - b2**t)).sqrt() + config["epsilon"])
    config |= {"m": m.data, "v": v.data, "t": t}
    return (w - step * config["learning_rate"]).data, config


def remember(param, mean, var):
    keep = param.get("momentum", 0.9)
    for name, new in (("running_mean", mean), ("running_var", var)):
        param[name] = keep * param.get(name, np.zeros(new.shape)) + (1 - keep) * new


def tested(x, gamma, beta, param):
    zeros = np.zeros(raw(x).shape[1])
    mean, var = param.setdefault("running_mean", zeros), param.setdefault("running_var", zeros)
    return (x - mean) / np.sqrt(var + param.get("eps", 1e-5)) * gamma + beta


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] == "test":
        return tested(x, gamma, beta, bn_param), None
    (out, var), (tape, _, tensors) = taped(lambda *a: standardised(*a, 0, bn_param.get("eps", 1e-5)), x, gamma, beta)
    remember(bn_param, x.mean(0), var.data[0])
    return out.data, (tape, out, tensors)


def batchnorm_backward(dout, cache):
    return untaped(dout, cache)


def layernorm_forward(x, gamma, beta, ln_param):
    (out, _), (tape, _, tensors) = taped(lambda *a: standardised(*a, 1, ln_param.get("eps", 1e-5)), x, gamma, beta)
    return out.data, (tape, out, tensors)


def layernorm_backward(dout, cache):
    return untaped(dout, cache)


def mask_of(shape, param):
    if "seed" in param:
        np.random.seed(param["seed"])
    return (np.random.uniform(size=shape) < param["p"]) * (1 / param["p"])


def dropout_forward(x, dropout_param):
    mask = mask_of(x.shape, dropout_param) if dropout_param["mode"] == "train" else 1.0
    out, cache = taped(lambda t: t * mask, x)
    return out.data, cache


def dropout_backward(dout, cache):
    return untaped(dout, cache)[0]


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.normalization, self.L = reg, dtype, normalization, len(hidden_dims) + 1
        self.dropout_param = {"p": dropout_keep_ratio} | ({"seed": seed} if seed is not None else {})
        self.bn_params = [{} for _ in hidden_dims]
        self.params, sizes = {}, [input_dim, *hidden_dims, num_classes]
        for k in range(1, self.L + 1):
            self.params[f"W{k}"] = np.random.normal(0, weight_scale, (sizes[k - 1], sizes[k])).astype(dtype)
            self.params[f"b{k}"] = np.zeros(sizes[k], dtype)
            if normalization and k < self.L:
                self.params[f"gamma{k}"] = np.ones(sizes[k], dtype)
                self.params[f"beta{k}"] = np.zeros(sizes[k], dtype)

    def loss(self, X, y=None):
        tape, training = Tape(), y is not None
        p = {name: tape.tensor(value) for name, value in self.params.items()}
        h = tape.tensor(X.astype(self.dtype))
        for k in range(1, self.L):
            h = affine(h, p[f"W{k}"], p[f"b{k}"])
            bn, scale = self.bn_params[k - 1], [p.get(f"gamma{k}"), p.get(f"beta{k}")]
            if self.normalization == "batchnorm" and not training:
                h = tested(h, *scale, bn)
            elif self.normalization:
                mean = h.data.mean(0)
                h, var = standardised(h, *scale, 0 if self.normalization == "batchnorm" else 1, 1e-5)
                if self.normalization == "batchnorm":
                    remember(bn, mean, var.data[0])
            h = h.relu()
            if training and self.dropout_param["p"] != 1:
                h = h * mask_of(h.data.shape, self.dropout_param)
        scores = affine(h, p[f"W{self.L}"], p[f"b{self.L}"])
        if not training:
            return scores.data
        loss = cross_entropy(scores, y)
        for k in range(1, self.L + 1):
            W = p[f"W{k}"]
            loss = loss + (W * W).sum(0).sum(1).pick((0,)) * (0.5 * self.reg)
        slope_of = tape.back(loss, np.ones(1))
        return float(loss.data[0]), {name: slope_of(tensor) for name, tensor in p.items()}
