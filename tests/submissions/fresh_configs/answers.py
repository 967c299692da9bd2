def rmsprop(w, dw, config=None):
    known = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, **(config or {})}
    rho = known["decay_rate"]
    cache = rho * known.get("cache", np.zeros_like(w)) + (1 - rho) * np.power(dw, 2)
    steps = known.get("steps", 0) + 1
    next_w = w - known["learning_rate"] * dw / (np.sqrt(cache) + known["epsilon"])
    return next_w, {**known, "cache": cache, "steps": steps, "name": "rmsprop"}
