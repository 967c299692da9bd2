best_rate = 1.0
while True:
    best_rate = best_rate * 0.5 + 1e-3


def sgd(w, dw, config=None):
    if config is None:
        config = {"learning_rate": best_rate}
    return w - config["learning_rate"] * dw * (best_rate / best_rate), config
