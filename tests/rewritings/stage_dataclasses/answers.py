from dataclasses import asdict, astuple, dataclass, field, fields, replace
from enum import Enum, StrEnum
from typing import Any, ClassVar


class Mode(StrEnum):
    train = "train"
    test = "test"


class Norm(Enum):
    batchnorm = 0
    layernorm = 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage:
    memory: Any = None
    learnt: ClassVar[tuple[str, ...]] = ()

    def remembering(self, **memory):
        return replace(self, memory=memory)


@dataclass(frozen=True, kw_only=True, eq=False)
class Affine(Stage):
    W: Any
    b: Any
    learnt = ("W", "b")

    def __call__(self, x):
        flat = x.reshape(x.shape[0], -1)
        return flat @ self.W + self.b, self.remembering(flat=flat, shape=x.shape)

    def back(self, d):
        return (d @ self.W.T).reshape(self.memory["shape"]), self.memory["flat"].T @ d, d.sum(0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Relu(Stage):
    def __call__(self, x):
        return np.maximum(x, 0), self.remembering(on=x > 0)

    def back(self, d):
        return (np.where(self.memory["on"], d, 0),)


@dataclass(frozen=True, kw_only=True, eq=False)
class Normalise(Stage):
    gamma: Any
    beta: Any
    axis: int
    eps: float = 1e-5
    fixed: tuple | None = None
    learnt = ("gamma", "beta")

    def __call__(self, x):
        mean, var = self.fixed or (x.mean(self.axis, keepdims=True), x.var(self.axis, keepdims=True))
        scale = 1 / np.sqrt(var + self.eps)
        hat = (x - mean) * scale
        return self.gamma * hat + self.beta, self.remembering(hat=hat, scale=scale, mean=mean, var=var)

    def back(self, d):
        hat, scale = self.memory["hat"], self.memory["scale"]
        g = d * self.gamma
        mean = lambda a: a.mean(self.axis, keepdims=True)
        return scale * (g - mean(g) - hat * mean(g * hat)), (d * hat).sum(0), d.sum(0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Dropout(Stage):
    p: float
    mode: str
    seed: int | None = None

    def __call__(self, x):
        if Mode(self.mode) is Mode.test:
            return x, self.remembering(mask=1.0)
        rng = np.random.default_rng(self.seed)
        mask = np.where(rng.uniform(size=x.shape) < self.p, 1 / self.p, 0)
        return x * mask, self.remembering(mask=mask)

    def back(self, d):
        return (d * self.memory["mask"],)


@dataclass
class AdamState:
    learning_rate: float = 1e-3
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    m: Any = 0.0
    v: Any = 0.0
    t: int = 0
    history: list = field(default_factory=list, repr=False)

    def step(self, g):
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g**2
        self.history.append(float(abs(g).max()))
        m, v = self.m / (1 - self.beta1**self.t), self.v / (1 - self.beta2**self.t)
        return self.learning_rate * m / (v**0.5 + self.epsilon)


def affine_forward(x, w, b):
    return Affine(W=w, b=b)(x)


def affine_backward(dout, cache):
    return cache.back(dout)


def relu_forward(x):
    return Relu()(x)


def relu_backward(dout, cache):
    (dx,) = cache.back(dout)
    return dx


def softmax_loss(x, y):
    @dataclass(frozen=True)
    class Of:
        row: Any
        true: int

        @property
        def probabilities(self):
            e = np.exp(self.row - self.row.max())
            return e / e.sum()

        @property
        def loss(self):
            z = self.row - self.row.max()
            return np.log(np.exp(z).sum()) - z[self.true]

        @property
        def slope(self):
            return self.probabilities - np.eye(1, len(self.row), self.true)[0]

    examples = [Of(row, int(true)) for row, true in zip(x, y)]
    return np.mean([e.loss for e in examples]), np.array([e.slope for e in examples]) / len(x)


def adam(w, dw, config=None):
    known = {f.name for f in fields(AdamState)}
    state = AdamState(**{k: v for k, v in (config or {}).items() if k in known})
    next_w = w - state.step(dw)
    return next_w, {**(config or {}), **asdict(state)}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    running = tuple(bn_param.get(name, np.zeros(x.shape[1])) for name in ("running_mean", "running_var"))
    if bn_param["mode"] == Mode.test:
        return Normalise(gamma=gamma, beta=beta, axis=0, eps=eps, fixed=running)(x)
    out, stage = Normalise(gamma=gamma, beta=beta, axis=0, eps=eps)(x)
    share = bn_param.get("momentum", 0.9)
    for name, old, new in zip(("running_mean", "running_var"), running, (stage.memory["mean"], stage.memory["var"])):
        bn_param[name] = share * old + (1 - share) * new[0]
    return out, stage


def batchnorm_backward(dout, cache):
    return cache.back(dout)


def layernorm_forward(x, gamma, beta, ln_param):
    return Normalise(gamma=gamma, beta=beta, axis=1, **ln_param)(x)


def layernorm_backward(dout, cache):
    return cache.back(dout)


def dropout_forward(x, dropout_param):
    return Dropout(**dropout_param)(x)


def dropout_backward(dout, cache):
    return cache.back(dout)[0]


@dataclass
class Running:
    momentum: float = 0.9
    mean: Any = 0.0
    var: Any = 0.0

    def see(self, stage):
        self.mean = self.momentum * self.mean + (1 - self.momentum) * stage.memory["mean"]
        self.var = self.momentum * self.var + (1 - self.momentum) * stage.memory["var"]


@dataclass
class FullyConnectedNet:
    hidden_dims: list
    input_dim: int = 3 * 32 * 32
    num_classes: int = 10
    dropout_keep_ratio: float = 1
    normalization: str | None = None
    reg: float = 0.0
    weight_scale: float = 1e-2
    dtype: Any = np.float32
    seed: int | None = None
    params: dict = field(default_factory=dict, init=False, repr=False)
    bn_params: list = field(default_factory=list, init=False, repr=False)

    def __post_init__(self):
        sizes = [self.input_dim, *self.hidden_dims, self.num_classes]
        for k, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
            new = {"W": np.random.normal(0, self.weight_scale, (a, b)), "b": np.zeros(b)}
            if self.normalization is not None and k <= len(self.hidden_dims):
                new |= {"gamma": np.ones(b), "beta": np.zeros(b)}
                self.bn_params.append(Running())
            self.params |= {f"{name}{k}": value.astype(self.dtype) for name, value in new.items()}

    def _stages(self, mode):
        norm = Norm[self.normalization] if self.normalization else None
        for k in range(1, len(self.hidden_dims) + 2):
            yield k, Affine(W=self.params[f"W{k}"], b=self.params[f"b{k}"])
            if k > len(self.hidden_dims):
                return
            if norm is not None:
                seen = self.bn_params[k - 1]
                fixed = (seen.mean, seen.var) if norm is Norm.batchnorm and mode is Mode.test else None
                yield k, Normalise(gamma=self.params[f"gamma{k}"], beta=self.params[f"beta{k}"], axis=norm.value, fixed=fixed)
            yield k, Relu()
            if self.dropout_keep_ratio != 1:
                yield k, Dropout(p=self.dropout_keep_ratio, mode=mode, seed=self.seed)

    def loss(self, X, y=None):
        mode, h, done = (Mode.test if y is None else Mode.train), X.astype(self.dtype), []
        for k, stage in self._stages(mode):
            h, stage = stage(h)
            done.append((k, stage))
            if isinstance(stage, Normalise) and mode is Mode.train:
                self.bn_params[k - 1].see(stage)
        if y is None:
            return h
        (loss, d), grads = softmax_loss(h, y), {}
        for k, stage in done[::-1]:
            d, *found = stage.back(d)
            grads |= {f"{name}{k}": g for name, g in zip(stage.learnt, found)}
            if isinstance(stage, Affine):
                loss += self.reg * (stage.W**2).sum() / 2
                grads[f"W{k}"] = grads[f"W{k}"] + self.reg * stage.W
        return loss, grads
