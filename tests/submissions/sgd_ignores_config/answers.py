def sgd(w, dw, config=None):
    learning_rate = 1e-2
    if config is None:
        config = {'learning_rate': learning_rate}
    return w - learning_rate * dw, config
