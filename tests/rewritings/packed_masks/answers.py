import io
import zlib

MOMENTS = np.dtype([("mean", "f8"), ("std", "f8")])


class Bits:
    """Booleans of any shape, eight in a byte."""

    def __init__(self, booleans):
        self.shape, self.bytes = booleans.shape, zlib.compress(np.packbits(booleans).tobytes())

    def __array__(self, dtype=None, copy=None):
        bits = np.unpackbits(np.frombuffer(zlib.decompress(self.bytes), np.uint8), count=int(np.prod(self.shape)))
        return bits.reshape(self.shape).astype(dtype or bool)

    def select(self, values, factor=1.0):
        out = np.zeros(self.shape)
        np.multiply(values, factor, out=out, where=np.asarray(self))
        return out


def stored(**arrays):
    """A cache that is a file in memory."""
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def loaded(cache):
    with np.load(io.BytesIO(cache)) as arrays:
        return {name: arrays[name] for name in arrays.files}


def affine_forward(x, w, b):
    return np.inner(x.reshape(len(x), -1), w.T) + b, stored(x=x, w=w)


def affine_backward(dout, cache):
    a = loaded(cache)
    rows = a["x"].reshape(len(dout), -1)
    return np.inner(dout, a["w"]).reshape(a["x"].shape), np.inner(rows.T, dout.T), np.inner(dout.T, np.ones(len(dout)))


def relu_forward(x):
    bits = Bits(x > 0)
    return bits.select(x), bits


def relu_backward(dout, cache):
    return cache.select(dout)


def softmax_loss(x, y):
    n, c = x.shape
    order = np.argsort(x, axis=1)  # small ones first: the sum is as exact as it can be
    z = np.take_along_axis(x, order, axis=1)
    z = z - z[:, -1:]
    e = np.exp(z)
    total = np.cumsum(e, axis=1)[:, -1:]
    p = np.empty_like(x)
    np.put_along_axis(p, order, e / total, axis=1)
    place = np.argmax(order == y[:, None], axis=1)
    loss = np.log(total).mean() - z[np.arange(n), place].mean()
    p[np.arange(n), y] -= 1
    return loss, p / n


def adam(w, dw, config=None):
    config = {} if config is None else config
    for name, value in (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("t", 0)):
        config.setdefault(name, value)
    state = np.zeros(w.shape, [("m", "f8"), ("v", "f8")])
    for name, beta, power in (("m", "beta1", 1), ("v", "beta2", 2)):
        state[name] = (1 - config[beta]) * dw**power
        state[name] += config[beta] * config.get(name, 0.0)
        config[name] = state[name]  # a field of a structured array: a view with gaps
    config["t"] += 1
    correct = np.sqrt(1 - config["beta2"] ** config["t"]) / (1 - config["beta1"] ** config["t"])
    scale = np.sqrt(1 - config["beta2"] ** config["t"])
    return w - config["learning_rate"] * correct * state["m"] / (np.sqrt(state["v"]) + config["epsilon"] * scale), config


def moments(x, axis, eps):
    found = np.empty(x.shape[1 - axis], MOMENTS)
    found["mean"] = np.mean(x, axis=axis)
    found["std"] = np.sqrt(np.var(x, axis=axis) + eps)
    return found.view(np.recarray)


def along(values, axis):
    return np.expand_dims(values, axis)


def hat_of(x, found, axis):
    return (x - along(found.mean, axis)) / along(found.std, axis)


def scaled(x, gamma, beta, found, axis):
    return hat_of(x, found, axis) * gamma + beta, (np.asfortranarray(x), gamma.tobytes(), found, axis)


def slopes(dout, cache):
    x, gamma, found, axis = cache
    hat, g = hat_of(x, found, axis), dout * np.frombuffer(gamma)
    n = x.shape[axis]
    dx = n * g - along(g.sum(axis), axis) - hat * along((g * hat).sum(axis), axis)
    return dx / (n * along(found.std, axis)), np.vecdot(dout.T, hat.T) if hasattr(np, "vecdot") else (dout * hat).sum(0), dout.sum(0)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, keep = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if bn_param["mode"] == "train":
        found = moments(x, 0, eps)
        mean = keep * mean + (1 - keep) * found["mean"]
        var = keep * var + (1 - keep) * (found["std"] ** 2 - eps)
        bn_param |= {"running_mean": mean, "running_var": var}
        return scaled(x, gamma, beta, Struct(found), 0)
    found = Struct({"mean": mean, "std": np.sqrt(var + eps)})
    return scaled(x, gamma, beta, found, 0)


class Struct:
    """Fields as attributes: those of a recarray are hidden by its methods (`mean`)."""

    __slots__ = ("mean", "std")

    def __init__(self, fields):
        self.mean, self.std = np.array(fields["mean"]), np.array(fields["std"])


def batchnorm_backward(dout, cache):
    return slopes(dout, cache)


def layernorm_forward(x, gamma, beta, ln_param):
    return scaled(x, gamma, beta, Struct(moments(x, 1, ln_param.get("eps", 1e-5))), 1)


def layernorm_backward(dout, cache):
    return slopes(dout, cache)


def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    if dropout_param["mode"] == "test":
        return x.view(), None
    rng = np.random.Generator(np.random.Philox(dropout_param.get("seed", np.random.randint(1 << 31))))
    kept = Bits(rng.integers(0, 1 << 32, size=x.shape, dtype=np.uint64) < np.uint64(p * (1 << 32)))
    return kept.select(x, 1 / p), (kept, 1 / p)


def dropout_backward(dout, cache):
    return dout.view() if cache is None else cache[0].select(dout, cache[1])


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.norm = reg, np.dtype(dtype), normalization
        self.settings = {"p": dropout_keep_ratio, **({"seed": seed} if seed is not None else {})}
        self.hidden = len(hidden_dims)
        self.bn_params = [{} for _ in range(self.hidden)] if normalization else []
        self.params = {}
        ends = (input_dim, *hidden_dims, num_classes)
        for k in range(1, len(ends)):
            shape = ends[k - 1], ends[k]
            drawn = np.random.standard_normal(shape[::-1]).T  # Fortran's order
            self.params[f"W{k}"] = (drawn * weight_scale).astype(self.dtype)
            self.params[f"b{k}"] = np.zeros(shape[1:], self.dtype)
            if normalization and k <= self.hidden:
                self.params[f"gamma{k}"] = np.ones(shape[1:], self.dtype)
                self.params[f"beta{k}"] = np.zeros(shape[1:], self.dtype)

    def loss(self, X, y=None):
        mode = "test" if y is None else "train"
        h, kept = X.astype(self.dtype), []
        for k in range(1, self.hidden + 1):
            h, affine = affine_forward(h, self.params[f"W{k}"], self.params[f"b{k}"])
            norm = None
            if self.norm:
                scale = self.params[f"gamma{k}"], self.params[f"beta{k}"]
                self.bn_params[k - 1]["mode"] = mode
                forwards = {"batchnorm": batchnorm_forward, "layernorm": layernorm_forward}[self.norm]
                h, norm = forwards(h, *scale, self.bn_params[k - 1])
            h, gate = relu_forward(h)
            h, drop = dropout_forward(h, {**self.settings, "mode": mode}) if self.settings["p"] != 1 else (h, None)
            kept.append((k, affine, norm, gate, drop))
        scores, affine = affine_forward(h, self.params[f"W{k + 1}"], self.params[f"b{k + 1}"])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        d, *top = affine_backward(d, affine)
        grads = dict(zip((f"W{k + 1}", f"b{k + 1}"), top))
        while kept:
            k, affine, norm, gate, drop = kept.pop()
            d = relu_backward(dropout_backward(d, drop), gate)
            if norm is not None:
                d, grads[f"gamma{k}"], grads[f"beta{k}"] = slopes(d, norm)
            d, grads[f"W{k}"], grads[f"b{k}"] = affine_backward(d, affine)
        for name in filter(lambda name: name.startswith("W"), self.params):
            grads[name] = grads[name] + self.reg * self.params[name]
            loss += self.reg / 2 * np.sum(np.square(self.params[name]))
        return loss, grads
