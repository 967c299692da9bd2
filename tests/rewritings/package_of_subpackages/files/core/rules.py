__all__ = ["adam"]

import numpy as np

_DEFAULTS = (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("t", 0))


class _Running:
    """A running mean; ``@`` takes one more value."""

    def __init__(self, value, beta):
        self.value, self.beta = value, beta

    def __matmul__(self, new):
        return _Running(self.beta * self.value + (1 - self.beta) * new, self.beta)

    def corrected(self, t):
        return self.value / (1 - self.beta**t)


def adam(w, dw, config=None):
    config = dict(_DEFAULTS, m=np.zeros_like(w), v=np.zeros_like(w)) | (config or {})
    config["t"] += 1
    m = _Running(config["m"], config["beta1"]) @ dw
    v = _Running(config["v"], config["beta2"]) @ dw**2
    config.update(m=m.value, v=v.value)
    return w - config["learning_rate"] * m.corrected(config["t"]) / np.sqrt(v.corrected(config["t"]) + config["epsilon"]), config
