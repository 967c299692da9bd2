from collections import ChainMap, OrderedDict, defaultdict
from contextlib import ExitStack, contextmanager, nullcontext


@contextmanager
def recording(ctx):
    """What is recorded inside is run in reverse order at the end."""
    with ExitStack() as ctx["stack"]:
        yield ctx
        ctx["slope"] = ctx.pop("start")


def record(ctx, back, *names):
    def undo():
        ctx["slope"], *found = back(ctx["slope"])
        ctx["grads"].update(zip(names, found))

    ctx["stack"].callback(undo)


@contextmanager
def settings(config, **defaults):
    """A dict with the defaults filled in; it is what the rule gives back."""
    merged = dict(ChainMap(config or {}, defaults))
    yield merged


def affine_forward(x, w, b):
    ctx = dict(x=x, w=w, b=b, n=x.shape[0])
    return x.reshape(ctx["n"], -1) @ w + b, ctx


def affine_backward(dout, cache):
    flat = cache["x"].reshape(cache["n"], -1)
    return np.reshape(dout @ cache["w"].T, cache["x"].shape), flat.T @ dout, np.ones(cache["n"]) @ dout


def relu_forward(x):
    return np.maximum(x, 0.0), dict(x=x)


def relu_backward(dout, cache):
    return np.where(cache["x"] > 0, dout, np.float64(0))


@contextmanager
def quiet():
    with np.errstate(divide="ignore", under="ignore"):
        yield


def softmax_loss(x, y):
    with quiet(), nullcontext(x.shape[0]) as n:
        z = x - x.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        dx = np.exp(log_p)
        dx[np.arange(n), y] -= 1.0
        return -log_p[np.arange(n), y].sum() / n, dx / n


def svm_loss(x, y):
    with nullcontext(np.arange(x.shape[0])) as rows:
        margins = np.clip(x - x[rows, y, None] + 1, 0, np.inf)
        margins[rows, y] = 0
        dx = np.greater(margins, 0).astype(x.dtype)
        dx[rows, y] -= dx.sum(axis=1)
    return margins.sum() / len(rows), dx / len(rows)


def sgd(w, dw, config=None):
    with settings(config, learning_rate=1e-2) as s:
        return w - s["learning_rate"] * dw, s


def sgd_momentum(w, dw, config=None):
    with settings(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w)) as s:
        s["velocity"] = s["momentum"] * s["velocity"] - s["learning_rate"] * dw
        return w + s["velocity"], s


def rmsprop(w, dw, config=None):
    with settings(config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w)) as s:
        s["cache"] = s["decay_rate"] * s["cache"] + (1 - s["decay_rate"]) * np.square(dw)
        return w - s["learning_rate"] * dw / np.sqrt(s["cache"] + s["epsilon"]), s


def adam(w, dw, config=None):
    start = dict(m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    with settings(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, **start) as s:
        s["t"] += 1
        s["m"] = s["beta1"] * s["m"] + (1 - s["beta1"]) * dw
        s["v"] = s["beta2"] * s["v"] + (1 - s["beta2"]) * np.square(dw)
        rate = s["learning_rate"] * np.sqrt(1 - s["beta2"] ** s["t"]) / (1 - s["beta1"] ** s["t"])
        return w - rate * s["m"] / (np.sqrt(s["v"]) + s["epsilon"]), s


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.depth = reg, dtype, 1 + len(hidden_dims)
        self.params = OrderedDict()
        sizes = (input_dim, *hidden_dims, num_classes)
        for k in range(self.depth):
            self.params[f"W{k + 1}"] = np.random.normal(0, weight_scale, sizes[k : k + 2]).astype(dtype)
            self.params[f"b{k + 1}"] = np.zeros(sizes[k + 1], dtype)

    def loss(self, X, y=None):
        grads = defaultdict(float)
        ctx = {"grads": grads, "start": 0.0}
        with recording(ctx):
            h = X.astype(self.dtype)
            for k in range(1, self.depth + 1):
                W, b = self.params[f"W{k}"], self.params[f"b{k}"]
                h, made = affine_forward(h, W, b)
                record(ctx, lambda d, made=made: affine_backward(d, made), f"W{k}", f"b{k}")
                if k < self.depth:
                    h, gate = relu_forward(h)
                    record(ctx, lambda d, gate=gate: (relu_backward(d, gate),))
            if y is None:
                ctx["stack"].pop_all()
                return h
            loss, ctx["start"] = softmax_loss(h, y)
        for name in self.params:
            if name.startswith("W"):
                loss += 0.5 * self.reg * np.sum(self.params[name] ** 2)
                grads[name] += self.reg * self.params[name]
        return loss, grads
