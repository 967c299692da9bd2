def adam(w, dw, config=None):
    config = {} if config is None else config
    for key, value in (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("t", 0)):
        config.setdefault(key, value)
    m, v = config.get("m", np.zeros_like(w)), config.get("v", np.zeros_like(w))
    config.setdefault("power1", config["beta1"] ** config["t"])
    config.setdefault("power2", config["beta2"] ** config["t"])
    config["t"] += 1
    config["power1"] *= config["beta1"]
    config["power2"] *= config["beta2"]
    m = config["beta1"] * m + (1 - config["beta1"]) * dw
    v = config["beta2"] * v + (1 - config["beta2"]) * np.square(dw)
    rate = config["learning_rate"] * np.sqrt(1 - config["power2"]) / (1 - config["power1"])
    config["m"], config["v"] = m, v
    return w - rate * m / (np.sqrt(v) + config["epsilon"]), config
