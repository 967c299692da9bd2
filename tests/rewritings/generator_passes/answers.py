from collections.abc import Generator
from itertools import repeat


def affine_pass(x, w, b):
    rows = x.reshape(x.shape[0], -1)
    d = yield rows @ w + b
    return (d @ w.T).reshape(x.shape), rows.T @ d, d.sum(axis=0)


def relu_pass(x):
    d = yield np.where(x > 0, x, 0)
    return d * np.where(x > 0, 1, 0)


def norm_pass(x, gamma, beta, eps, axis):
    n = x.shape[axis]
    mean = x.sum(axis=axis, keepdims=True) / n
    centred = x - mean
    var = (centred**2).sum(axis=axis, keepdims=True) / n
    inv = (var + eps) ** -0.5
    d = yield centred * inv * gamma + beta, mean, var
    g = d * gamma
    dinv = (g * centred).sum(axis=axis, keepdims=True)
    dvar = -0.5 * dinv * inv**3
    dcentred = g * inv + 2 * centred * dvar / n
    dx = dcentred - dcentred.sum(axis=axis, keepdims=True) / n
    return dx, (d * centred * inv).sum(axis=0), d.sum(axis=0)


def masked_pass(x, mask):
    d = yield x * mask
    return d * mask


class Resumed:
    """A cache from which the backward pass may be asked for more than once."""

    def __init__(self, make, *args):
        self.make, self.args = make, args

    def forward(self):
        return next(self.make(*self.args))

    def __call__(self, dout) -> Generator:
        run = self.make(*self.args)
        next(run)
        try:
            run.send(dout)
        except StopIteration as end:
            return end.value


def affine_forward(x, w, b):
    cache = Resumed(affine_pass, x, w, b)
    return cache.forward(), cache


def affine_backward(dout, cache):
    return cache(dout)


def relu_forward(x):
    cache = Resumed(relu_pass, x)
    return cache.forward(), cache


def relu_backward(dout, cache):
    return cache(dout)


def softmax_loss(x, y):
    def examples():
        for row, true in zip(x, y):
            z = row - max(row)
            log_p = z - np.log(sum(np.exp(z)))
            slope = np.exp(log_p)
            slope[true] -= 1
            yield -log_p[true], slope

    losses, slopes = zip(*examples())
    return sum(losses) / len(losses), np.vstack(slopes) / len(slopes)


def running_mean(beta, value):
    while True:
        value = beta * value + (1 - beta) * (yield value)


def powers(beta):
    power = 1.0
    for b in repeat(beta):
        power *= b
        yield power


def adam(w, dw, config=None):
    config = dict(config or ())
    for name, value in zip(("learning_rate", "beta1", "beta2", "epsilon", "t"), (1e-3, 0.9, 0.999, 1e-8, 0)):
        config.setdefault(name, value)
    config["t"] += 1
    corrected = []
    for name, beta, seen in (("m", config["beta1"], dw), ("v", config["beta2"], dw**2)):
        mean = running_mean(beta, config.get(name, np.zeros_like(w)))
        next(mean)
        config[name] = mean.send(seen)
        power = next(p for t, p in enumerate(powers(beta), 1) if t == config["t"])
        corrected.append(config[name] / (1 - power))
    m, v = corrected
    return w - config["learning_rate"] * m / (np.sqrt(v) + config["epsilon"]), config


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    state = {name: bn_param.get(name, np.zeros(x.shape[1])) for name in ("running_mean", "running_var")}
    if bn_param["mode"] == "train":
        cache = Resumed(norm_pass, x, gamma, beta, eps, 0)
        out, *seen = cache.forward()
        state = {name: momentum * old + (1 - momentum) * new[0] for (name, old), new in zip(state.items(), seen)}
    else:
        cache = None
        out = gamma * (x - state["running_mean"]) / (state["running_var"] + eps) ** 0.5 + beta
    bn_param.update(state)
    return out, cache


def batchnorm_backward(dout, cache):
    return cache(dout)


def layernorm_forward(x, gamma, beta, ln_param):
    cache = Resumed(norm_pass, x, gamma, beta, ln_param.get("eps", 1e-5), 1)
    return cache.forward()[0], cache


def layernorm_backward(dout, cache):
    return cache(dout)


def kept(shape, p, seed=None, **_):
    rng = np.random.RandomState(seed) if seed is not None else np.random
    flat = np.fromiter((rng.random_sample() < p for _ in range(int(np.prod(shape)))), float)
    return flat.reshape(shape) / p


def dropout_forward(x, dropout_param):
    mask = kept(x.shape, **dropout_param) if dropout_param["mode"] == "train" else np.ones(x.shape)
    cache = Resumed(masked_pass, x, mask)
    return cache.forward(), cache


def dropout_backward(dout, cache):
    return cache(dout)


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.normalization, self.depth = reg, dtype, normalization, len(hidden_dims) + 1
        self.p, self.seed, self.bn_params = dropout_keep_ratio, seed, [{} for _ in hidden_dims]
        self.params = dict(self._drawn([input_dim, *hidden_dims, num_classes], weight_scale))

    def _drawn(self, sizes, scale):
        for k, shape in enumerate(zip(sizes, sizes[1:]), 1):
            yield f"W{k}", (scale * np.random.standard_normal(shape)).astype(self.dtype)
            yield f"b{k}", np.zeros(shape[1], self.dtype)
            if self.normalization and k < self.depth:
                yield f"gamma{k}", np.ones(shape[1], self.dtype)
                yield f"beta{k}", np.zeros(shape[1], self.dtype)

    def _normed(self, x, k):
        settings, scale = self.bn_params[k - 1], (self.params[f"gamma{k}"], self.params[f"beta{k}"])
        axis = 0 if self.normalization == "batchnorm" else 1
        run = norm_pass(x, *scale, 1e-5, axis)
        out, mean, var = next(run)
        if axis == 0:
            for name, new in (("running_mean", mean), ("running_var", var)):
                settings[name] = 0.9 * settings.get(name, 0) + 0.1 * new[0]
        return (yield from self._rest(run, (yield out)))

    @staticmethod
    def _rest(run, d):
        try:
            run.send(d)
        except StopIteration as end:
            return end.value
        yield

    def _from(self, x, k):
        """Scores of what comes into layer k; sent their slope, it fills grads and returns the slope by x."""
        run = affine_pass(x, self.params[f"W{k}"], self.params[f"b{k}"])
        stack = [((f"W{k}", f"b{k}"), run)]
        h = next(run)
        if k == self.depth:
            d = yield h
        else:
            if self.normalization:
                run = self._normed(h, k)
                stack.append(((f"gamma{k}", f"beta{k}"), run))
                h = next(run)
            stack.append(((), relu_pass(h)))
            h = next(stack[-1][1])
            if self.p != 1:
                stack.append(((), masked_pass(h, kept(h.shape, self.p, self.seed))))
                h = next(stack[-1][1])
            d = yield from self._from(h, k + 1)
        while stack:
            names, run = stack.pop()
            try:
                run.send(d)
            except StopIteration as end:
                d, *found = end.value if isinstance(end.value, tuple) else (end.value,)
                self.grads.update(zip(names, found))
        return d

    def _scores(self, h):
        for k in range(1, self.depth):
            h, _ = affine_forward(h, self.params[f"W{k}"], self.params[f"b{k}"])
            scale = self.params.get(f"gamma{k}"), self.params.get(f"beta{k}")
            if self.normalization == "batchnorm":
                h, _ = batchnorm_forward(h, *scale, {**self.bn_params[k - 1], "mode": "test"})
            elif self.normalization:
                h, _ = layernorm_forward(h, *scale, {})
            h, _ = relu_forward(h)
        return affine_forward(h, self.params[f"W{self.depth}"], self.params[f"b{self.depth}"])[0]

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        if y is None:
            return self._scores(X)
        self.grads, run = {}, self._from(X, 1)
        loss, d = softmax_loss(next(run), y)
        self._end(run, d)
        for k in range(1, self.depth + 1):
            W = self.params[f"W{k}"]
            self.grads[f"W{k}"] = self.grads[f"W{k}"] + self.reg * W
            loss = loss + 0.5 * self.reg * (W * W).sum()
        return loss, self.grads

    @staticmethod
    def _end(run, d):
        try:
            run.send(d)
        except StopIteration:
            return None
