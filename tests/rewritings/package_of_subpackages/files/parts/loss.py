import numpy as _np


def softmax_loss(x, y):
    top = _np.max(x, axis=1, keepdims=True)
    log_z = top + _np.log(_np.sum(_np.exp(x - top), axis=1, keepdims=True))
    log_p = x - log_z
    hot = _np.arange(x.shape[1])[None, :] == y[:, None]
    return -_np.mean(log_p[hot]), (_np.exp(log_p) - hot) / len(x)


def __getattr__(name):
    if name == "cross_entropy":
        return softmax_loss
    raise AttributeError(name)
