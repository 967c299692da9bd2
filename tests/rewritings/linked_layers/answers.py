import weakref
from itertools import accumulate, chain, compress, count as counting, islice, pairwise, repeat, starmap, tee


class Link:
    __slots__ = ("W", "b", "number", "next", "_previous", "input", "gate", "__weakref__")

    def __init__(self, number, W, b, previous):
        self.number, self.W, self.b, self.next = number, W, b, None
        self._previous = previous and weakref.ref(previous)
        if previous is not None:
            previous.next = self

    @property
    def previous(self):
        return self._previous and self._previous()

    def forwards(self):
        link = self
        while link is not None:
            yield link
            link = link.next

    def backwards(self):
        link = self
        while link is not None:
            yield link
            link = link.previous

    def run(self, x):
        self.input = x.reshape(len(x), -1)
        out = self.input @ self.W + self.b
        if self.next is None:
            self.gate = None
            return out
        self.gate = out > 0
        return out * self.gate

    def back(self, d):
        d = d if self.gate is None else d * self.gate
        return d @ self.W.T, (self.input.T @ d, d.sum(axis=0))


def chained(params):
    """First and last link of the net with these parameters."""
    numbers = islice(counting(1), len(params) // 2)
    first = last = None
    for k in numbers:
        last = Link(k, params[f"W{k}"], params[f"b{k}"], last)
        first = first or last
    return first, last


def affine_forward(x, w, b):
    link = Link(1, w, b, None)
    return link.run(x), (link, x.shape)


def affine_backward(dout, cache):
    link, shape = cache
    dx, (dw, db) = link.back(dout)
    return dx.reshape(shape), dw, db


def relu_forward(x):
    selected = np.fromiter((v > 0 for v in x.flat), bool, x.size)
    return np.where(selected.reshape(x.shape), x, 0), selected


def relu_backward(dout, cache):
    gated = starmap(lambda d, on: d if on else 0.0, zip(dout.flat, cache))
    return np.fromiter(gated, float, dout.size).reshape(dout.shape)


def softmax_loss(x, y):
    for_loss, for_slope = tee(map(lambda row, t: (np.exp(row - row.max()), t), x, y))
    loss = sum(np.log(e.sum() / e[t]) if e[t] else np.inf for e, t in for_loss)
    classes = np.arange(x.shape[1])
    dx = np.stack([e / e.sum() - (classes == t) for e, t in for_slope])
    return loss / len(x), dx / len(x)


def svm_loss(x, y):
    loss, dx = 0.0, np.zeros(x.shape)
    for i, (row, t) in enumerate(zip(x, y)):
        others = compress(enumerate(row), map(t.__ne__, range(len(row))))
        for j, margin in ((j, s - row[t] + 1) for j, s in others):
            loss += max(margin, 0)
            dx[i, j] += margin > 0
            dx[i, t] -= margin > 0
    return loss / len(x), dx / len(x)


def _known(config, w, **defaults):
    arrays = zip(("velocity", "cache", "m", "v"), repeat(np.zeros(w.shape)))
    return dict(chain(arrays, defaults.items(), (config or {}).items()))


def sgd(w, dw, config=None):
    known = dict(chain([("learning_rate", 1e-2)], (config or {}).items()))
    return w - known["learning_rate"] * dw, known


def sgd_momentum(w, dw, config=None):
    known = _known(config, w, learning_rate=1e-2, momentum=0.9)
    *_, known["velocity"] = accumulate([known["velocity"], dw], lambda v, g: known["momentum"] * v - known["learning_rate"] * g)
    return w + known["velocity"], known


def rmsprop(w, dw, config=None):
    known = _known(config, w, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8)
    rho = known["decay_rate"]
    *_, known["cache"] = accumulate([dw**2], lambda r, g: rho * r + (1 - rho) * g, initial=known["cache"])
    return w - known["learning_rate"] * dw / (np.sqrt(known["cache"]) + known["epsilon"]), known


def adam(w, dw, config=None):
    known = _known(config, w, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0)
    known["t"] = next(counting(known["t"] + 1))
    corrected = []
    for name, beta, value in (("m", known["beta1"], dw), ("v", known["beta2"], dw * dw)):
        *_, known[name] = accumulate([value], lambda a, g: beta * a + (1 - beta) * g, initial=known[name])
        *_, power = accumulate(repeat(beta, known["t"]), lambda a, b: a * b)
        corrected.append(known[name] / (1 - power))
    m, v = corrected
    return w - known["learning_rate"] * m / np.sqrt(v + known["epsilon"]), known


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype = reg, dtype
        shapes = pairwise(chain([input_dim], hidden_dims, [num_classes]))
        layers = starmap(lambda k, ab: [(f"W{k}", np.random.normal(0, weight_scale, ab).astype(dtype)),
                                        (f"b{k}", np.zeros(ab[1], dtype))], zip(counting(1), shapes))
        self.params = dict(chain.from_iterable(layers))

    def loss(self, X, y=None):
        first, last = chained(self.params)
        *_, scores = accumulate(first.forwards(), lambda x, link: link.run(x), initial=X.astype(self.dtype))
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        states = accumulate(last.backwards(), lambda state, link: link.back(state[0]), initial=(d, None))
        grads = {}
        for link, (_, (dW, db)) in zip(last.backwards(), islice(states, 1, None)):
            grads[f"W{link.number}"], grads[f"b{link.number}"] = dW + self.reg * link.W, db
        return loss + self.reg * sum((link.W**2).sum() for link in first.forwards()) / 2, grads
