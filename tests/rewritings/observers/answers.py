from collections import deque

LAYERS = {}


def register(name, forward, backward):
    LAYERS[name] = forward, backward


class Event:
    """Listeners are called in the order in which they came; a deque remembers for the way back."""

    def __init__(self):
        self.listeners = deque()

    def listen(self, listener):
        self.listeners.appendleft(listener)

    def fire(self, value):
        for listener in self.listeners:
            value = listener(value)
        return value


def _affine(x, w, b):
    return x.reshape(len(x), -1) @ w + b, {"x": x, "w": w}


def _affine_back(d, x, w):
    return (d @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ d, d.sum(0)


def _relu(x):
    return np.maximum(x, 0), {"sign": np.sign(x)}


def _relu_back(d, sign):
    return np.where(sign == 1, d, 0),


def _norm(x, gamma, beta, *, axis, eps=1e-5, **_):
    mean, var = x.mean(axis, keepdims=True), x.var(axis, keepdims=True)
    hat = (x - mean) / np.sqrt(var + eps)
    return gamma * hat + beta, {"hat": hat, "gamma": gamma, "var": var, "axis": axis, "eps": eps}


def _norm_back(d, hat, gamma, var, axis, eps):
    n, g = hat.shape[axis], d * gamma
    sums = [(a).sum(axis, keepdims=True) for a in (g, g * hat)]
    return (n * g - sums[0] - hat * sums[1]) / n / np.sqrt(var + eps), (d * hat).sum(0), d.sum(0)


def _mask(x, *, p, seed=None, mode="train"):
    if mode == "test":
        return x, {"mask": None}
    if seed is not None:
        np.random.seed(seed)
    mask = np.random.binomial(1, p, x.shape) / p
    return x * mask, {"mask": mask}


def _mask_back(d, mask):
    return (d if mask is None else d * mask),


register("affine", _affine, _affine_back)
register("relu", _relu, _relu_back)
register("norm", _norm, _norm_back)
register("dropout", _mask, _mask_back)


def ahead(name, *args, **settings):
    out, memory = LAYERS[name][0](*args, **settings)
    return out, (name, memory)


def astern(dout, cache):
    name, memory = cache
    return LAYERS[name][1](dout, **memory)


def affine_forward(x, w, b):
    return ahead("affine", x, w, b)


def affine_backward(dout, cache):
    return astern(dout, cache)


def relu_forward(x):
    return ahead("relu", x)


def relu_backward(dout, cache):
    return astern(dout, cache)[0]


def softmax_loss(x, y):
    z = x - x.max(-1, keepdims=True)
    soft = np.exp(z) / np.exp(z).sum(-1, keepdims=True)
    at = np.s_[np.arange(len(y)), y]
    loss = (np.log(np.exp(z).sum(-1)) - z[at]).mean()
    soft[at] -= 1
    return loss, soft / len(y)


def adam(w, dw, config=None):
    config = config if config else {}
    defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "m": 0 * w, "v": 0 * w, "t": 0}
    for key, value in defaults.items():
        config.setdefault(key, value)
    config["t"] += 1
    for key, beta, seen in (("m", "beta1", dw), ("v", "beta2", dw**2)):
        config[key] = config[beta] * config[key] + (1 - config[beta]) * seen
    m, v = (config[k] / (1 - config[b] ** config["t"]) for k, b in (("m", "beta1"), ("v", "beta2")))
    return w - config["learning_rate"] * m / (np.sqrt(v) + config["epsilon"]), config


def batchnorm_forward(x, gamma, beta, bn_param):
    zeros = np.zeros(x.shape[1])
    mean, var = bn_param.get("running_mean", zeros), bn_param.get("running_var", zeros)
    if bn_param["mode"] == "train":
        out, cache = ahead("norm", x, gamma, beta, axis=0, **bn_param)
        keep = bn_param.get("momentum", 0.9)
        mean, var = keep * mean + (1 - keep) * x.mean(0), keep * var + (1 - keep) * x.var(0)
    else:
        out, cache = (x - mean) * gamma / np.sqrt(var + bn_param.get("eps", 1e-5)) + beta, None
    bn_param.update(running_mean=mean, running_var=var)
    return out, cache


def batchnorm_backward(dout, cache):
    return astern(dout, cache)


def layernorm_forward(x, gamma, beta, ln_param):
    return ahead("norm", x, gamma, beta, axis=1, **ln_param)


def layernorm_backward(dout, cache):
    return astern(dout, cache)


def dropout_forward(x, dropout_param):
    return ahead("dropout", x, **dropout_param)


def dropout_backward(dout, cache):
    return astern(dout, cache)[0]


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.normalization, self.p, self.seed = reg, dtype, normalization, dropout_keep_ratio, seed
        self.hidden, self.params = len(hidden_dims), {}
        self.bn_params = [{} for _ in hidden_dims]
        sizes = [input_dim, *hidden_dims, num_classes]
        for k in range(1, len(sizes)):
            self.params[f"W{k}"] = np.random.randn(sizes[k - 1], sizes[k]).astype(dtype) * dtype(weight_scale)
            self.params[f"b{k}"] = np.zeros(sizes[k], dtype)
            if normalization and k <= self.hidden:
                self.params[f"gamma{k}"], self.params[f"beta{k}"] = np.ones(sizes[k], dtype), np.zeros(sizes[k], dtype)

    def loss(self, X, y=None):
        mode, going_back, grads = ("train" if y is not None else "test"), Event(), {}

        def pass_on(result, *names):
            out, cache = result

            def listener(d):
                dx, *found = astern(d, cache)
                grads.update(zip(names, found))
                return dx

            going_back.listen(listener)
            return out

        h, p = X.astype(self.dtype), self.params
        for k in range(1, self.hidden + 2):
            h = pass_on(ahead("affine", h, p[f"W{k}"], p[f"b{k}"]), f"W{k}", f"b{k}")
            if k > self.hidden:
                break
            names = f"gamma{k}", f"beta{k}"
            if self.normalization == "batchnorm":
                self.bn_params[k - 1]["mode"] = mode
                h = pass_on(batchnorm_forward(h, *map(p.get, names), self.bn_params[k - 1]), *names)
            elif self.normalization == "layernorm":
                h = pass_on(layernorm_forward(h, *map(p.get, names), {}), *names)
            h = pass_on(ahead("relu", h))
            if self.p != 1:
                h = pass_on(ahead("dropout", h, p=self.p, seed=self.seed, mode=mode))
        if y is None:
            return h
        loss, d = softmax_loss(h, y)
        going_back.fire(d)
        for k in range(1, self.hidden + 2):
            loss += 0.5 * self.reg * (p[f"W{k}"] ** 2).sum()
            grads[f"W{k}"] += self.reg * p[f"W{k}"]
        return loss, grads
