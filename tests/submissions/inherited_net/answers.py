from abc import ABC, abstractmethod
from dataclasses import dataclass


@dataclass
class Layer:
    number: int

    @property
    def w(self):
        return f"W{self.number}"

    @property
    def b(self):
        return f"b{self.number}"


class Model(ABC):
    layers = (Layer(1), Layer(2))

    def __init__(self, sizes, scale, reg):
        self.reg = reg
        self.params = {}
        for layer, n_in, n_out in zip(self.layers, sizes, sizes[1:]):
            self.params[layer.w] = np.random.randn(n_in, n_out) * scale
            self.params[layer.b] = np.zeros(n_out)

    @property
    def penalty(self):
        return 0.5 * self.reg * sum(np.sum(np.square(self.params[layer.w])) for layer in self.layers)

    @abstractmethod
    def forward(self, X): ...

    @abstractmethod
    def backward(self, dscores): ...

    def loss(self, X, y=None):
        scores = self.forward(X)
        if y is None:
            return scores
        data_loss, dscores = softmax_loss(scores, y)
        return data_loss + self.penalty, self.backward(dscores)


class TwoLayerNet(Model):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        super().__init__([input_dim, hidden_dim, num_classes], weight_scale, reg)
        self._caches = []

    def forward(self, X):
        self._caches = []
        first, second = self.layers
        h, cache = affine_relu_forward(X, self.params[first.w], self.params[first.b])
        self._caches.append(cache)
        scores, cache = affine_forward(h, self.params[second.w], self.params[second.b])
        self._caches.append(cache)
        return scores

    def backward(self, dscores):
        grads, d = {}, dscores
        for layer, step in zip(reversed(self.layers), (affine_backward, affine_relu_backward)):
            d, grads[layer.w], grads[layer.b] = step(d, self._caches.pop())
            grads[layer.w] = grads[layer.w] + self.reg * self.params[layer.w]
        return grads
