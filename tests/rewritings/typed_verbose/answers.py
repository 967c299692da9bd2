"""Homework 1. All shapes are given in the comments."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Literal, NamedTuple, Protocol, TypedDict, TypeVar, overload

import numpy.typing as npt

if TYPE_CHECKING:
    from somewhere_else import Nothing

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Index = tuple[int, ...]
Name = Literal["W1", "b1", "W2", "b2"]
T = TypeVar("T", bound=NamedTuple)

DEFAULT_RATE: Final[float] = 1e-2
WEIGHTS: Final[tuple[Name, Name]] = ("W1", "W2")


class AffineCache(NamedTuple):
    x: Floats
    w: Floats
    b: Floats

    @property
    def rows(self) -> Floats:
        """(N, D)"""
        return self.x.reshape(self.batch, self.w.shape[0])

    @property
    def batch(self) -> int:
        return int(self.x.shape[0])


class AffineGradients(NamedTuple):
    dx: Floats
    dw: Floats
    db: Floats


class ReluCache(NamedTuple):
    x: Floats
    threshold: float = 0.0


class LossAndSlope(NamedTuple):
    loss: float
    dx: Floats


class SgdConfig(TypedDict, total=False):
    learning_rate: float


class ScalarFunction(Protocol):
    def __call__(self, point: Floats, /) -> float: ...


class Stack(Generic[T]):
    """Last in, first out."""

    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> None:
        self._items.append(item)

    def pop(self) -> T:
        return self._items.pop()


def _positions(shape: Index) -> Iterator[Index]:
    position: Index
    for position in np.ndindex(shape):
        yield position


def numerical_gradient(f: ScalarFunction, x: Floats, h: float = 1e-5) -> Floats:
    gradient: Floats = np.zeros(shape=x.shape, dtype=np.float64)
    position: Index
    for position in _positions(x.shape):
        shifted_up: Floats = np.array(x, copy=True)
        shifted_down: Floats = np.array(x, copy=True)
        shifted_up[position] = shifted_up[position] + h
        shifted_down[position] = shifted_down[position] - h
        value_above: float = f(shifted_up)
        value_below: float = f(shifted_down)
        gradient[position] = (value_above - value_below) / (2.0 * h)
    return gradient


def affine_forward(x: Floats, w: Floats, b: Floats) -> tuple[Floats, AffineCache]:
    cache: AffineCache = AffineCache(x=x, w=w, b=b)
    product: Floats = np.matmul(cache.rows, w)
    out: Floats = np.add(product, b)
    return out, cache


def affine_backward(dout: Floats, cache: AffineCache) -> AffineGradients:
    drows: Floats = np.matmul(dout, cache.w.transpose())
    dx: Floats = drows.reshape(cache.x.shape)
    dw: Floats = np.matmul(cache.rows.transpose(), dout)
    db: Floats = np.sum(a=dout, axis=0, keepdims=False)
    return AffineGradients(dx=dx, dw=dw, db=db)


def relu_forward(x: Floats) -> tuple[Floats, ReluCache]:
    cache: ReluCache = ReluCache(x)
    out: Floats = np.maximum(x, cache.threshold)
    return out, cache


def relu_backward(dout: Floats, cache: ReluCache) -> Floats:
    gate: npt.NDArray[np.bool_] = np.greater(cache.x, cache.threshold)
    dx: Floats = np.multiply(dout, gate.astype(np.float64))
    return dx


def softmax_loss(x: Floats, y: Ints) -> LossAndSlope:
    number_of_examples: int
    number_of_classes: int
    number_of_examples, number_of_classes = x.shape
    maxima: Floats = np.max(x, axis=1, keepdims=True)
    exponentials: Floats = np.exp(x - maxima)
    sums: Floats = np.sum(exponentials, axis=1, keepdims=True)
    probabilities: Floats = exponentials / sums
    losses: Floats = np.zeros(number_of_examples)
    example: int
    for example in range(number_of_examples):
        losses[example] = float(np.log(sums[example, 0]) + maxima[example, 0] - x[example, y[example]])
    targets: Floats = np.zeros((number_of_examples, number_of_classes))
    targets[np.arange(number_of_examples), y] = 1.0
    return LossAndSlope(float(losses.mean()), (probabilities - targets) / float(number_of_examples))


def svm_loss(x: Floats, y: Ints) -> LossAndSlope:
    total: float = 0.0
    dx: Floats = np.zeros(x.shape)
    row: Floats
    true: np.int64
    for example, (row, true) in enumerate(zip(x, y, strict=True)):
        margins: Floats = np.delete(row - row[true] + 1.0, true)
        total += float(np.sum(margins[margins > 0.0]))
        wrong: Ints = np.delete(np.arange(row.size), true)
        dx[example, wrong] = (margins > 0.0).astype(np.float64)
        dx[example, true] = -float(np.count_nonzero(margins > 0.0))
    return LossAndSlope(loss=total / float(x.shape[0]), dx=dx / float(x.shape[0]))


def sgd(w: Floats, dw: Floats, config: SgdConfig | None = None) -> tuple[Floats, SgdConfig]:
    settings: SgdConfig = SgdConfig(learning_rate=DEFAULT_RATE)
    if config is not None:
        settings.update(config)
    step: Floats = settings["learning_rate"] * dw
    next_w: Floats = w - step
    return next_w, settings


class TwoLayerNet:
    reg: float
    params: MutableMapping[Name, Floats]
    number_of_layers: ClassVar[int] = 2

    def __init__(
        self,
        input_dim: int = 3 * 32 * 32,
        hidden_dim: int = 100,
        num_classes: int = 10,
        weight_scale: float = 1e-3,
        reg: float = 0.0,
    ) -> None:
        draw: Callable[[int, int], Floats] = lambda rows, columns: np.random.normal(
            loc=0.0, scale=weight_scale, size=(rows, columns)
        )
        self.reg = reg
        self.params = dict[Name, Floats]()
        self.params["W1"] = draw(input_dim, hidden_dim)
        self.params["b1"] = np.zeros(shape=(hidden_dim,), dtype=np.float64)
        self.params["W2"] = draw(hidden_dim, num_classes)
        self.params["b2"] = np.zeros(shape=(num_classes,), dtype=np.float64)

    @overload
    def loss(self, X: Floats, y: None = None) -> Floats: ...
    @overload
    def loss(self, X: Floats, y: Ints) -> tuple[float, dict[Name, Floats]]: ...
    def loss(self, X: Floats, y: Ints | None = None) -> Any:
        caches: Stack[Any] = Stack()
        out: Floats
        out, cache = affine_forward(X, self.params["W1"], self.params["b1"])
        caches.push(cache)
        out, cache = relu_forward(out)
        caches.push(cache)
        out, cache = affine_forward(out, self.params["W2"], self.params["b2"])
        caches.push(cache)
        if y is None:
            return out
        loss, slope = softmax_loss(out, y)
        second: AffineGradients = affine_backward(slope, caches.pop())
        first: AffineGradients = affine_backward(relu_backward(second.dx, caches.pop()), caches.pop())
        grads: dict[Name, Floats] = {"W1": first.dw, "b1": first.db, "W2": second.dw, "b2": second.db}
        return self._regularised(loss, grads, self.params)

    def _regularised(self, loss: float, grads: dict[Name, Floats], params: Mapping[Name, Floats]) -> tuple[float, dict[Name, Floats]]:
        name: Name
        for name in WEIGHTS:
            loss += 0.5 * self.reg * float(np.sum(params[name] ** 2))
            grads[name] = grads[name] + self.reg * params[name]
        return loss, grads
