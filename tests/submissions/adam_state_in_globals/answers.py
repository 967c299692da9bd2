M, V, T = {}, {}, {}


def adam(w, dw, config=None):
    config = dict(config or {})
    rate, eps = config.get("learning_rate", 1e-3), config.get("epsilon", 1e-8)
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    key = w.shape
    T[key] = T.get(key, 0) + 1
    M[key] = beta1 * M.get(key, np.zeros_like(w)) + (1 - beta1) * dw
    V[key] = beta2 * V.get(key, np.zeros_like(w)) + (1 - beta2) * dw**2
    m_hat, v_hat = M[key] / (1 - beta1 ** T[key]), V[key] / (1 - beta2 ** T[key])
    return w - rate * m_hat / (np.sqrt(v_hat) + eps), config
