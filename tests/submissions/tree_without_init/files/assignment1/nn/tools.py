import numpy as np
from nn.config import LEARNING_RATE


def numerical_gradient(f, x, h=1e-5):
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        v = x[i]
        x[i] = v + h
        up = f(x)
        x[i] = v - h
        g[i] = (up - f(x)) / (2*h)
        x[i] = v
    return g


def sgd(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault('learning_rate', LEARNING_RATE)
    return w - config['learning_rate'] * dw, config
