from contextlib import contextmanager
from contextvars import ContextVar
from graphlib import TopologicalSorter

MODE = ContextVar("MODE", default="train")


@contextmanager
def mode_is(mode):
    token = MODE.set(mode)
    try:
        yield
    finally:
        MODE.reset(token)


class Stage:
    """Inputs are names of stages; back gives one slope for each of them."""

    def __init__(self, *inputs):
        self.inputs = inputs


class Given(Stage):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def run(self):
        return self.value


class Flat(Stage):
    def run(self, x):
        self.shape = x.shape
        return x.reshape(x.shape[0], -1)

    def back(self, d):
        return [d.reshape(self.shape)]


class Product(Stage):
    def run(self, x, w):
        self.x, self.w = x, w
        return x @ w

    def back(self, d):
        return [d @ self.w.T, self.x.T @ d]


class Plus(Stage):
    """Of (N, D) and (D,)."""

    def run(self, x, b):
        return x + b

    def back(self, d):
        return [d, d.sum(0)]


class Times(Stage):
    """Of (N, D) and (D,)."""

    def run(self, x, g):
        self.x, self.g = x, g
        return x * g

    def back(self, d):
        return [d * self.g, (d * self.x).sum(0)]


class Relu(Stage):
    def run(self, x):
        self.on = x > 0
        return x * self.on

    def back(self, d):
        return [d * self.on]


class Standard(Stage):
    """Mean 0 and variance 1 along an axis; a memory of running statistics, where there is one."""

    def __init__(self, x, axis, eps=1e-5, memory=None):
        super().__init__(x)
        self.axis, self.eps, self.memory = axis, eps, memory

    def run(self, x):
        if self.memory is not None:
            for name in ("running_mean", "running_var"):
                self.memory.setdefault(name, np.zeros(x.shape[1]))
            if MODE.get() == "test":
                return (x - self.memory["running_mean"]) / np.sqrt(self.memory["running_var"] + self.eps)
        mean, var = (f(x, axis=self.axis, keepdims=True) for f in (np.mean, np.var))
        if self.memory is not None:
            keep = self.memory.get("momentum", 0.9)
            for name, new in (("running_mean", mean), ("running_var", var)):
                self.memory[name] = keep * self.memory[name] + (1 - keep) * new.ravel()
        self.std = np.sqrt(var + self.eps)
        self.hat = (x - mean) / self.std
        return self.hat

    def back(self, d):
        through = np.mean(d, axis=self.axis, keepdims=True), np.mean(d * self.hat, axis=self.axis, keepdims=True)
        return [(d - through[0] - self.hat * through[1]) / self.std]


class Drop(Stage):
    def __init__(self, x, p, seed=None):
        super().__init__(x)
        self.p, self.seed, self.mask = p, seed, 1.0

    def run(self, x):
        if MODE.get() == "train":
            if self.seed is not None:
                np.random.seed(self.seed)
            self.mask = np.random.choice([0, 1 / self.p], size=x.shape, p=[1 - self.p, self.p])
        return x * self.mask

    def back(self, d):
        return [d * self.mask]


class Graph(dict):
    def order(self):
        return list(TopologicalSorter({name: stage.inputs for name, stage in self.items()}).static_order())

    def run(self, last):
        values = {}
        for name in self.order():
            stage = self[name]
            values[name] = stage.run(*(values[i] for i in stage.inputs))
        return values[last]

    def back(self, last, slope):
        slopes = {last: slope}
        for name in reversed(self.order()):
            if self[name].inputs:
                for i, d in zip(self[name].inputs, self[name].back(slopes[name])):
                    slopes[i] = slopes.get(i, 0) + d
        return slopes


def affine_forward(x, w, b):
    g = Graph(x=Given(x), w=Given(w), b=Given(b), flat=Flat("x"), xw=Product("flat", "w"), out=Plus("xw", "b"))
    return g.run("out"), g


def affine_backward(dout, cache):
    slopes = cache.back("out", dout)
    return slopes["x"], slopes["w"], slopes["b"]


def relu_forward(x):
    g = Graph(x=Given(x), out=Relu("x"))
    return g.run("out"), g


def relu_backward(dout, cache):
    return cache.back("out", dout)["x"]


def softmax_loss(x, y):
    n = len(x)
    z = x - x.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    dx = np.exp(log_p) / n
    dx[range(n), y] -= 1 / n
    return -log_p[range(n), y].sum() / n, dx


def adam(w, dw, config=None):
    config = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0} | (config or {})
    m, v = (config.get(name, np.zeros_like(w)) for name in ("m", "v"))
    b1, b2, t = config["beta1"], config["beta2"], config["t"] + 1
    m, v = b1 * m + (1 - b1) * dw, b2 * v + (1 - b2) * dw**2
    step = config["learning_rate"] * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + config["epsilon"])
    return w - step, config | {"m": m, "v": v, "t": t}


def _norm(x, gamma, beta, axis, settings, memory):
    g = Graph(x=Given(x), gamma=Given(gamma), beta=Given(beta))
    g["hat"] = Standard("x", axis, settings.get("eps", 1e-5), memory)
    g |= {"scaled": Times("hat", "gamma"), "out": Plus("scaled", "beta")}
    return g.run("out"), g


def batchnorm_forward(x, gamma, beta, bn_param):
    with mode_is(bn_param["mode"]):
        return _norm(x, gamma, beta, 0, bn_param, bn_param)


def layernorm_forward(x, gamma, beta, ln_param):
    return _norm(x, gamma, beta, 1, ln_param, None)


def batchnorm_backward(dout, cache):
    slopes = cache.back("out", dout)
    return slopes["x"], slopes["gamma"], slopes["beta"]


def layernorm_backward(dout, cache):
    return batchnorm_backward(dout, cache)


def dropout_forward(x, dropout_param):
    g = Graph(x=Given(x), out=Drop("x", dropout_param["p"], dropout_param.get("seed")))
    with mode_is(dropout_param["mode"]):
        return g.run("out"), g


def dropout_backward(dout, cache):
    return cache.back("out", dout)["x"]


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.normalization, self.drop = reg, dtype, normalization, (dropout_keep_ratio, seed)
        self.params, self.bn_params = {}, [{} for _ in hidden_dims]
        sizes = [input_dim, *hidden_dims, num_classes]
        for k, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
            self.params[f"W{k}"] = np.random.normal(scale=weight_scale, size=(a, b)).astype(dtype)
            self.params[f"b{k}"] = np.zeros(b, dtype)
            if normalization and k < len(sizes) - 1:
                self.params |= {f"gamma{k}": np.ones(b, dtype), f"beta{k}": np.zeros(b, dtype)}

    def _graph(self, X):
        g = Graph({name: Given(value) for name, value in self.params.items()})
        g["X"], g["flat"], last = Given(X.astype(self.dtype)), Flat("X"), "flat"

        def put(name, stage):
            nonlocal last
            g[name], last = stage, name

        for k in range(1, len(self.bn_params) + 2):
            put(f"product{k}", Product(last, f"W{k}"))
            put(f"affine{k}", Plus(last, f"b{k}"))
            if k > len(self.bn_params):
                return g, last
            if self.normalization:
                batch = self.normalization == "batchnorm"
                put(f"hat{k}", Standard(last, 0 if batch else 1, memory=self.bn_params[k - 1] if batch else None))
                put(f"scaled{k}", Times(last, f"gamma{k}"))
                put(f"shifted{k}", Plus(last, f"beta{k}"))
            put(f"relu{k}", Relu(last))
            if self.drop[0] != 1:
                put(f"drop{k}", Drop(last, *self.drop))

    def loss(self, X, y=None):
        g, last = self._graph(X)
        with mode_is("test" if y is None else "train"):
            scores = g.run(last)
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        slopes = g.back(last, d)
        for name, W in self.params.items():
            if name[0] == "W":
                loss += self.reg * np.sum(W**2) / 2
                slopes[name] = slopes[name] + self.reg * W
        return loss, {name: slopes[name] for name in self.params}
