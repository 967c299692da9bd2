def affine_forward(x, w, b):
    X = np.c_[x.reshape(len(x), -1), np.ones(len(x))]
    A = np.r_[w, b[None]]
    return X @ A, (x.shape, X, A)


def affine_backward(dout, cache):
    shape, X, A = cache
    dA = X.T @ dout
    return (dout @ A[:-1].T).reshape(shape), dA[:-1], dA[-1]


def relu_forward(x):
    gates = np.diagflat(x.ravel() > 0).astype(float)  # the Jacobian itself
    return (gates @ x.ravel()).reshape(x.shape), gates


def relu_backward(dout, cache):
    return (cache.T @ dout.ravel()).reshape(dout.shape)


def softmax_loss(x, y):
    N, C = x.shape
    H = np.eye(C)[y]
    # L = −H x + log Σ exp, each row by itself; its Hessian is not needed
    M = x @ np.ones((C, 1)) / C
    S = x - M - (x - M).max(axis=1, keepdims=True)
    E = np.exp(S)
    Z = E @ np.ones(C)
    P = np.diag(1 / Z) @ E
    return (np.log(Z).sum() - np.trace(H.T @ S)) / N, (P - H) / N


def adam(w, dw, config=None):
    config = {**dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0), **(config or {})}
    # both running means as one linear recurrence on (2, …)
    state = np.stack([config.get("m", np.zeros_like(w)), config.get("v", np.zeros_like(w))])
    seen = np.stack([dw, dw * dw])
    beta = np.array([config["beta1"], config["beta2"]])
    state = np.einsum("k,k...->k...", beta, state) + np.einsum("k,k...->k...", 1 - beta, seen)
    config["t"] += 1
    config["m"], config["v"] = state
    m, v = np.einsum("k...,k->k...", state, 1 / (1 - beta ** config["t"]))
    return w - config["learning_rate"] * m / (np.sqrt(v) + config["epsilon"]), config


def centring(n):
    """C x is x without its mean: I − 1 1ᵀ / n."""
    return np.eye(n) - np.full((n, n), 1 / n)


def normalised(columns, eps):
    """Each column brought to mean 0 and variance 1, and the Jacobian of each: (D, N, N)."""
    N, D = columns.shape
    C = centring(N)
    centred = C @ columns
    std = np.sqrt(np.einsum("nd,nd->d", centred, centred) / N + eps)
    hat = centred / std
    jacobians = (C[None] - np.einsum("nd,md->dnm", hat, hat) / N) / std[:, None, None]
    return hat, jacobians, columns - centred, std**2 - eps


def slopes(dhat, jacobians):
    return np.einsum("dnm,nd->md", jacobians, dhat)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, zeros = bn_param.get("eps", 1e-5), np.zeros(x.shape[1])
    running = [bn_param.setdefault(name, zeros.copy()) for name in ("running_mean", "running_var")]
    if bn_param["mode"] == "test":
        mean, var = running
        return (x - mean) @ np.diag(gamma / np.sqrt(var + eps)) + beta, None
    hat, jacobians, mean, var = normalised(x, eps)
    keep = bn_param.get("momentum", 0.9)
    bn_param["running_mean"] = keep * running[0] + (1 - keep) * mean[0]
    bn_param["running_var"] = keep * running[1] + (1 - keep) * var
    return hat @ np.diag(gamma) + beta, (hat, jacobians, gamma)


def batchnorm_backward(dout, cache):
    hat, jacobians, gamma = cache
    return slopes(dout @ np.diag(gamma), jacobians), np.diag(hat.T @ dout).copy(), np.ones(len(dout)) @ dout


def layernorm_forward(x, gamma, beta, ln_param):
    hat, jacobians, _, _ = normalised(x.T, ln_param.get("eps", 1e-5))
    return hat.T @ np.diag(gamma) + beta, (hat.T, jacobians, gamma)


def layernorm_backward(dout, cache):
    hat, jacobians, gamma = cache
    return slopes((dout @ np.diag(gamma)).T, jacobians).T, np.diag(hat.T @ dout).copy(), np.ones(len(dout)) @ dout


def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    if dropout_param["mode"] == "test":
        return x @ np.eye(x.shape[-1]), (dropout_param, np.ones_like(x))
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = np.floor(np.random.random_sample(x.shape) + p) / p
    return mask * x, (dropout_param, mask)


def dropout_backward(dout, cache):
    return cache[1] * dout


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.kind, self.keep, self.L = reg, dtype, normalization, dropout_keep_ratio, len(hidden_dims) + 1
        sizes = [input_dim, *hidden_dims, num_classes]
        p = self.params = {}
        for k in range(1, self.L + 1):
            p[f"W{k}"] = np.random.multivariate_normal([0], [[weight_scale**2]], sizes[k - 1 : k + 1])[..., 0]
            p[f"b{k}"] = np.zeros(sizes[k])
            if normalization and k < self.L:
                p[f"gamma{k}"], p[f"beta{k}"] = np.ones(sizes[k]), np.zeros(sizes[k])
        self.params = {name: value.astype(dtype) for name, value in p.items()}
        self.bn_params = [{"mode": "train"} for _ in hidden_dims]
        self.dropout_param = {"p": dropout_keep_ratio} | ({} if seed is None else {"seed": seed})

    def loss(self, X, y=None):
        mode, p, h, caches = "test" if y is None else "train", self.params, X.astype(self.dtype), []
        forward, backward = {
            "batchnorm": (batchnorm_forward, batchnorm_backward),
            "layernorm": (layernorm_forward, layernorm_backward),
            None: (None, None),
        }[self.kind]
        for k in range(1, self.L):
            h, affine = affine_forward(h, p[f"W{k}"], p[f"b{k}"])
            norm = drop = None
            if forward:
                self.bn_params[k - 1]["mode"] = mode
                h, norm = forward(h, p[f"gamma{k}"], p[f"beta{k}"], self.bn_params[k - 1])
            gate = h > 0
            h = h * gate
            if self.keep != 1:
                h, drop = dropout_forward(h, {**self.dropout_param, "mode": mode})
            caches.append((affine, norm, gate, drop))
        scores, affine = affine_forward(h, p[f"W{self.L}"], p[f"b{self.L}"])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        grads = {}
        d, grads[f"W{self.L}"], grads[f"b{self.L}"] = affine_backward(d, affine)
        for k in range(self.L - 1, 0, -1):
            affine, norm, gate, drop = caches[k - 1]
            d = gate * (dropout_backward(d, drop) if drop else d)
            if norm:
                d, grads[f"gamma{k}"], grads[f"beta{k}"] = backward(d, norm)
            d, grads[f"W{k}"], grads[f"b{k}"] = affine_backward(d, affine)
        for k in range(1, self.L + 1):
            W = p[f"W{k}"]
            loss += 0.5 * self.reg * np.trace(W.T @ W)
            grads[f"W{k}"] = grads[f"W{k}"] + self.reg * W
        return loss, grads
