def sgd(w, dw, config=None):
    config = {} if config is None else config
    w -= config.setdefault("learning_rate", 1e-2) * dw
    return w, config


def sgd_momentum(w, dw, config=None):
    config = {} if config is None else config
    v = config.setdefault("velocity", np.zeros_like(w))
    v *= config.setdefault("momentum", 0.9)
    v -= config.setdefault("learning_rate", 1e-2) * dw
    w += v
    return w, config


def rmsprop(w, dw, config=None):
    config = {} if config is None else config
    rho = config.setdefault("decay_rate", 0.99)
    cache = config.setdefault("cache", np.zeros_like(w))
    cache *= rho
    cache += (1 - rho) * dw * dw
    w -= config.setdefault("learning_rate", 1e-2) * dw / (np.sqrt(cache) + config.setdefault("epsilon", 1e-8))
    return w, config
