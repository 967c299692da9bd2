from dataclasses import KW_ONLY, InitVar, dataclass, field
from enum import IntEnum, auto
from types import SimpleNamespace


class Side(IntEnum):
    UP = 1
    DOWN = -1


@dataclass
class Affine:
    x: np.ndarray
    w: np.ndarray
    b: np.ndarray
    out: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        self.out = self.rows.dot(self.w)
        self.out += self.b

    @property
    def rows(self):
        return self.x.reshape((len(self.x), -1))


@dataclass(frozen=True)
class Positive:
    where: tuple

    @classmethod
    def of(cls, x):
        return cls(np.nonzero(x > 0))

    def only(self, values):
        kept = np.zeros(values.shape)
        kept[self.where] = values[self.where]
        return kept


class Vector(dict):
    """Arrays by name that lie one after the other in one vector; what is written is written there."""

    def __init__(self, **shapes):
        super().__init__()
        self.values = SimpleNamespace(all=np.zeros(sum(int(np.prod(s)) for s in shapes.values())))
        at = 0
        for name, shape in shapes.items():
            size = int(np.prod(shape))
            super().__setitem__(name, self.values.all[at : at + size].reshape(shape))
            at += size

    def __setitem__(self, name, value):
        self[name][...] = value

    def __deepcopy__(self, memo):
        copy = type(self)(**{name: value.shape for name, value in self.items()})
        copy.values.all[:] = self.values.all
        return copy


def numerical_gradient(f, x, h=1e-5):
    ends = {}
    for side in Side:
        ends[side] = np.zeros(x.shape)
        for place, value in np.ndenumerate(x.copy()):
            x[place] = value + side * h
            ends[side][place] = f(x)
            x[place] = value
    return (ends[Side.UP] - ends[Side.DOWN]) / (2 * h)


def affine_forward(x, w, b):
    layer = Affine(x, w, b)
    return layer.out, layer


def affine_backward(dout, cache):
    return dout.dot(cache.w.T).reshape(cache.x.shape), cache.rows.T.dot(dout), dout.sum(axis=0)


def relu_forward(x):
    positive = Positive.of(x)
    return positive.only(x), positive


def relu_backward(dout, cache):
    return cache.only(dout)


def _log_softmax(x):
    return x - np.logaddexp.reduce(x, axis=1, keepdims=True)


def softmax_loss(x, y):
    n, at = len(x), (np.arange(len(x)), y)
    log_p = _log_softmax(x)
    dx = np.exp(log_p)
    np.add.at(dx, at, -1.0)
    return -np.average(log_p[at]), dx / n


def svm_loss(x, y):
    n, at = len(x), (np.arange(len(x)), y)
    margins = np.ma.masked_less_equal(x - x[at].reshape(n, 1) + 1, 0)
    margins[at] = np.ma.masked
    over = (~np.ma.getmaskarray(margins)).astype(float)
    over[at] = -over.sum(axis=1)
    return float(margins.filled(0).sum()) / n, over / n


@dataclass
class Sgd:
    learning_rate: float = 1e-2

    def step(self, w, dw):
        return w - self.learning_rate * dw


def sgd(w, dw, config=None):
    rule = Sgd(**(config or {}))
    return rule.step(w, dw), vars(rule)


@dataclass
class TwoLayerNet:
    input_dim: InitVar[int] = 3 * 32 * 32
    hidden_dim: InitVar[int] = 100
    num_classes: InitVar[int] = 10
    weight_scale: InitVar[float] = 1e-3
    reg: float = 0.0
    _: KW_ONLY
    vector: Vector = field(init=False, repr=False, compare=False)

    def __post_init__(self, input_dim, hidden_dim, num_classes, weight_scale):
        self.vector = Vector(
            W1=(input_dim, hidden_dim), b1=(hidden_dim,), W2=(hidden_dim, num_classes), b2=(num_classes,)
        )
        for name in ("W1", "W2"):
            self.vector[name] = np.random.normal(0, weight_scale, self.vector[name].shape)

    @property
    def params(self):
        return self.vector

    @params.setter
    def params(self, given):
        for name, value in given.items():
            self.vector[name] = value

    def loss(self, X, y=None):
        p = SimpleNamespace(**self.params)
        first = Affine(X, p.W1, p.b1)
        gate = Positive.of(first.out)
        second = Affine(gate.only(first.out), p.W2, p.b2)
        if y is None:
            return second.out
        loss, dout = softmax_loss(second.out, y)
        grads = Vector(**{name: value.shape for name, value in self.params.items()})
        dout, grads["W2"], grads["b2"] = affine_backward(dout, second)
        _, grads["W1"], grads["b1"] = affine_backward(gate.only(dout), first)
        decayed = Vector(**{name: value.shape for name, value in self.params.items()})
        decayed["W1"], decayed["W2"] = p.W1, p.W2
        grads.values.all += self.reg * decayed.values.all
        return loss + self.reg / 2 * decayed.values.all @ decayed.values.all, grads
