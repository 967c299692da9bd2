def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if mode == "test":
        return x, (dropout_param, None)
    if "seed" in dropout_param:
        mask = np.random.default_rng(dropout_param["seed"]).binomial(1, p, x.shape) / p
    else:
        mask = np.random.binomial(1, p, size=x.shape) / p
    return x * mask, (dropout_param, mask)
