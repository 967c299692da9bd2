import abc
import copy
from functools import cached_property


class Rule(abc.ABC):
    """A rule is called like a function; subclasses add what a step is."""

    state = ()
    learning_rate = 1e-2

    def __call__(self, w, dw, config=None):
        config = {} if config is None else copy.copy(config)
        for cls in type(self).__mro__:
            for name, value in vars(cls).items():
                if isinstance(value, float):
                    config.setdefault(name, getattr(self, name))
        for name in self.state:
            config.setdefault(name, np.zeros_like(w))
        return w + self.step(dw, config), config

    @abc.abstractmethod
    def step(self, dw, config): ...


class Sgd(Rule):
    def step(self, dw, config):
        return -config["learning_rate"] * dw


class Momentum(Sgd):
    momentum = 0.9
    state = ("velocity",)

    def step(self, dw, config):
        config["velocity"] = config["momentum"] * config["velocity"] + super().step(dw, config)
        return config["velocity"]


class Averaging(Rule):
    """For rules that keep running means."""

    epsilon = 1e-8

    @staticmethod
    def towards(config, name, rate, value):
        config[name] = config[rate] * config[name] + (1 - config[rate]) * value
        return config[name]


class RmsProp(Averaging):
    decay_rate = 0.99
    state = ("cache",)

    def step(self, dw, config):
        root = np.sqrt(self.towards(config, "cache", "decay_rate", dw**2))
        return -config["learning_rate"] * dw / (root + config["epsilon"])


class Adam(Averaging):
    learning_rate = 1e-3
    beta1, beta2 = 0.9, 0.999
    state = ("m", "v")

    def step(self, dw, config):
        config["t"] = t = config.get("t", 0) + 1
        # beta1 and beta2 are bound in one statement: they are floats of the class all the same
        m = self.towards(config, "m", "beta1", dw) / (1 - config["beta1"] ** t)
        v = self.towards(config, "v", "beta2", dw**2) / (1 - config["beta2"] ** t)
        return -config["learning_rate"] * m / (np.sqrt(v) + config["epsilon"])


sgd, sgd_momentum, rmsprop, adam = Sgd(), Momentum(), RmsProp(), Adam()


class Saved:
    """A cache with attributes."""

    def __init__(self, **saved):
        self.__dict__.update(saved)

    @cached_property
    def flat(self):
        return self.x.reshape(self.x.shape[0], -1)


def affine_forward(x, w, b):
    saved = Saved(x=x, w=w)
    return saved.flat @ w + b, saved


def affine_backward(dout, cache):
    return (dout @ cache.w.T).reshape(cache.x.shape), cache.flat.T @ dout, dout.sum(axis=0)


def relu_forward(x):
    return (abs(x) + x) / 2, Saved(x=x)


def relu_backward(dout, cache):
    return dout * (cache.x > 0)


class Loss:
    def __new__(cls, x, y):
        """Not an object of its own, but what it comes to."""
        self = super().__new__(cls)
        self.x, self.hot, self.n = x, np.eye(x.shape[1])[y], x.shape[0]
        return self.value() / self.n, self.slope() / self.n


class softmax_loss(Loss):
    def value(self):
        z = self.x - self.x.max(axis=1, keepdims=True)
        self.e = np.exp(z)
        return np.sum(np.log(self.e.sum(axis=1)) - (z * self.hot).sum(axis=1))

    def slope(self):
        return self.e / self.e.sum(axis=1, keepdims=True) - self.hot


class svm_loss(Loss):
    def value(self):
        true = (self.x * self.hot).sum(axis=1, keepdims=True)
        self.margins = np.maximum(0, self.x - true + 1) * (1 - self.hot)
        return self.margins.sum()

    def slope(self):
        over = (self.margins > 0) * 1.0
        return over - over.sum(axis=1, keepdims=True) * self.hot


class Parameters:
    def __init__(self, sizes, scale, dtype):
        self.params, self.dtype = {}, dtype
        for k, (before, after) in enumerate(zip(sizes, sizes[1:]), 1):
            self.params["W%d" % k] = np.asarray(scale * np.random.standard_normal((before, after)), dtype)
            self.params["b%d" % k] = np.zeros(after, dtype)

    @property
    def depth(self):
        return len(self.params) // 2

    def __getitem__(self, k):
        return self.params["W%d" % k], self.params["b%d" % k]

    def __iter__(self):
        return (self[k] for k in range(1, self.depth + 1))


class Scoring(Parameters):
    def loss(self, X, y=None):
        self._trail = []
        h = X.astype(self.dtype)
        for k, (W, b) in enumerate(self, 1):
            h, affine = affine_forward(h, W, b)
            h, relu = (h, None) if k == self.depth else relu_forward(h)
            self._trail.append((k, affine, relu))
        return h


class Learning(Scoring):
    def loss(self, X, y=None):
        scores = super().loss(X)
        if y is None:
            return scores
        value, d = softmax_loss(scores, y)
        grads = {}
        for k, affine, relu in self._trail[::-1]:
            d = d if relu is None else relu_backward(d, relu)
            d, grads["W%d" % k], grads["b%d" % k] = affine_backward(d, affine)
        return value, grads


class Regularised(Learning):
    reg = 0.0

    def loss(self, X, y=None):
        found = super().loss(X, y)
        if y is None:
            return found
        value, grads = found
        for k, (W, _) in enumerate(self, 1):
            value = value + 0.5 * self.reg * np.sum(W * W)
            grads["W%d" % k] = grads["W%d" % k] + self.reg * W
        return value, grads


class FullyConnectedNet(Regularised):
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, *ignored, reg=0.0, weight_scale=1e-2,
                 dtype=np.float32, **others):
        super().__init__([input_dim, *hidden_dims, num_classes], weight_scale, dtype)
        self.reg = reg
