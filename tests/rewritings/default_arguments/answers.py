from types import MappingProxyType


def _rows(x, *, _known={}):
    """(N, D), remembered by shape."""
    shape = _known.setdefault(x.shape, (x.shape[0], int(np.prod(x.shape[1:]))))
    return x.reshape(*shape)


def affine_forward(*xwb):
    x, *(w, b) = xwb
    return sum([_rows(x) @ w, b]), [*xwb]


def affine_backward(*args, back=(
    lambda d, x, w, b: (d @ w.T).reshape(x.shape),
    lambda d, x, w, b: _rows(x).T @ d,
    lambda d, x, w, b: d.sum(axis=tuple(range(d.ndim - 1))),
)):
    dout, cache = args
    return tuple(f(dout, *cache) for f in back)


def relu_forward(*args, zero=0):
    (x,) = args
    return np.maximum(*args, zero), {"x": x, **{"zero": zero}}


def relu_backward(dout, cache):
    def gated(dout, x, zero, **_):
        return dout - dout * (x <= zero)

    return gated(dout, **cache)


def _eye(n, _eyes={}):
    if n not in _eyes:
        _eyes[n] = np.eye(n)
    return _eyes[n]


def softmax_loss(*args, **options):
    (s, y), mean = args, options.get("mean", np.mean)
    s = s - np.max(s, **{"axis": 1, "keepdims": True})
    log_z = np.log(np.sum(np.exp(s), **{"axis": 1, "keepdims": True}))
    dx = (np.exp(s - log_z) - _eye(s.shape[1])[y]) / len(s)
    return mean(log_z.T[0] - s[(np.arange(len(s)), y)]), dx


def svm_loss(*args, **options):
    (s, y), margin = args, options.pop("margin", 1.0)
    hot = _eye(s.shape[1])[y]
    gaps = (s + margin * (1 - hot)) - np.sum(s * hot, axis=1, keepdims=True)
    on = (gaps > 0) * (1 - hot)
    return np.einsum("ij,ij", gaps, on) / len(s), (on - hot * on.sum(1, keepdims=True)) / len(s)


RATES = MappingProxyType({"learning_rate": 1e-2})


def sgd(w, dw, config=None, **defaults):
    config = config if config is not None else {**RATES, **defaults}
    config.setdefault(*next(iter(RATES.items())))
    return w - config["learning_rate"] * dw, config


def _rule(*state, **defaults):
    """A decorator: the rule takes its settings as keywords and gives the new state as keywords."""

    def decorate(step):
        def rule(w, dw, config=None, *, _defaults=tuple(defaults.items())):
            config = {} if config is None else config
            full = {**dict(_defaults), **{name: np.zeros_like(w) for name in state}, **config}
            step_, new = step(dw, **full)
            rule.calls += 1
            config.update(full, **new)
            return w + step_, config

        rule.calls = 0
        return rule

    return decorate


@_rule("velocity", learning_rate=1e-2, momentum=0.9)
def sgd_momentum(g, /, *, learning_rate, momentum, velocity, **_):
    velocity = momentum * velocity - learning_rate * g
    return velocity, dict(velocity=velocity)


@_rule("cache", learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8)
def rmsprop(g, /, *, learning_rate, decay_rate, epsilon, cache, **_):
    cache = decay_rate * cache + (1 - decay_rate) * g**2
    return -learning_rate * g / (cache**0.5 + epsilon), dict(cache=cache)


@_rule("m", "v", learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0)
def adam(g, /, *, learning_rate, beta1, beta2, epsilon, m, v, t, **_):
    t, m, v = t + 1, beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return -learning_rate * m_hat / (v_hat**0.5 + epsilon), dict(m=m, v=v, t=t)


class FullyConnectedNet:
    def __init__(self, hidden_dims, *args, **options):
        names = ("input_dim", "num_classes", "dropout_keep_ratio", "normalization", "reg", "weight_scale", "dtype", "seed")
        values = dict(zip(names, (3 * 32 * 32, 10, 1, None, 0.0, 1e-2, np.float32, None)))
        self.__dict__.update(values | dict(zip(names, args)) | options)
        first, *rest = [self.input_dim, *hidden_dims, self.num_classes]
        self.params = {}
        for k, size in enumerate(rest, start=1):
            W = np.random.randn(*(first, size)) * self.weight_scale
            self.params.update({f"W{k}": W.astype(self.dtype), f"b{k}": np.zeros((size,), self.dtype)})
            first = size

    def loss(self, *Xy, back=None, **named):
        X, y = (*Xy, *named.values(), None)[:2]
        (*hidden, last), caches = zip(*[iter(self.params.values())] * 2), []
        h = X.astype(self.dtype)
        for layer in hidden:
            h, c1 = affine_forward(h, *layer)
            h, c2 = relu_forward(h)
            caches += [(affine_backward, c1), (lambda d, c: (relu_backward(d, c),), c2)]
        scores, c1 = affine_forward(h, *last)
        if y is None:
            return scores
        found, (loss, d) = [], softmax_loss(scores, y)
        for f, c in [*caches, (affine_backward, c1)][::-1]:
            d, *rest = f(d, c)
            found[:0] = rest
        grads = {k: g + (k[0] == "W") * self.reg * self.params[k] for k, g in zip(self.params, found)}
        return sum((0.5 * self.reg * np.sum(v**2) for k, v in self.params.items() if k[0] == "W"), loss), grads
