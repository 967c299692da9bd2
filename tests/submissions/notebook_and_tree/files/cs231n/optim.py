def sgd(w, dw, config=None):
    config = config or {}
    lr = config.setdefault("learning_rate", 1e-2)
    return w - lr * dw, config
