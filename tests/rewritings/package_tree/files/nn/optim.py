DEFAULTS = {"sgd": {"learning_rate": 1e-2}}


def sgd(w, dw, config=None):
    config = {} if config is None else config
    for key, value in DEFAULTS["sgd"].items():
        config.setdefault(key, value)
    return w - config["learning_rate"] * dw, config
