def as_columns(x):
    """(D, N) in Fortran's order, from (N, d1, …, dk)."""
    return np.reshape(np.moveaxis(x, 0, -1), (-1, x.shape[0]), order="C").copy(order="F")


def as_given(columns, shape):
    return np.moveaxis(columns.reshape(*shape[1:], shape[0]), -1, 0)


def augmented(columns):
    """One more feature, which is always 1."""
    return np.vstack([columns, np.ones(columns.shape[1])])


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros(x.shape[::-1])
    for place in np.ndindex(x.T.shape):
        xt = x.T  # a view: what is written to it is written to x
        old = xt[place]
        xt[place] = old + h
        grad[place] = +f(x)
        xt[place] = old - h
        grad[place] = (grad[place] - f(x)) / (h + h)
        xt[place] = old
    return grad.T


def affine_forward(x, w, b):
    A = np.column_stack([w.T, b])  # (M, D + 1)
    X = augmented(as_columns(x))  # (D + 1, N)
    return (A @ X).T, (A, X, x.shape)


def affine_backward(dout, cache):
    A, X, shape = cache
    G = dout.T
    dA = np.tensordot(G, X, axes=(1, 1))
    dX = np.tensordot(A, G, axes=(0, 0))
    return as_given(dX[:-1], shape), dA[:, :-1].T, dA[:, -1]


def relu_forward(x):
    positive = np.compress(np.ravel(x.T) > 0, np.ravel(x.T))
    where = np.nonzero(np.ravel(x.T) > 0)[0]
    out = np.zeros(x.size)
    np.put(out, where, positive)
    return out.reshape(x.T.shape).T, where


def relu_backward(dout, cache):
    dx = np.zeros(dout.size)
    dx[cache] = np.ravel(dout.T)[cache]
    return dx.reshape(dout.T.shape).T


def softmax_loss(x, y):
    S = np.asfortranarray(x.T)
    S = S - S.max(axis=0)
    E = np.exp(S)
    P = E / E.sum(axis=0)
    T = np.equal.outer(np.arange(S.shape[0]), y).astype(float)
    loss = np.mean(np.log(E.sum(axis=0)) - (S * T).sum(axis=0))
    return loss, (P - T).T / x.shape[0]


def svm_loss(x, y):
    S, N = x.T, x.shape[0]
    T = np.equal.outer(np.arange(S.shape[0]), y)
    M = np.where(T, 0.0, S - np.diag(S[y]) + 1.0)
    M = (M + np.abs(M)) / 2
    G = np.where(M > 0, 1.0, 0.0)
    G = G - T * G.sum(axis=0)
    return np.trace(M.T @ np.ones_like(M)) / N, (G / N).T


def sgd(w, dw, config=None):
    config = {"learning_rate": 1e-2, **(config or {})}
    return (w.T - config["learning_rate"] * dw.T).T, config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {
            "W1": np.random.normal(0, weight_scale, (hidden_dim, input_dim)).T,
            "b1": np.zeros((hidden_dim, 1)).T[0],
            "W2": np.random.normal(0, weight_scale, (num_classes, hidden_dim)).T,
            "b2": np.zeros((num_classes, 1)).T[0],
        }
        self.reg = reg

    def loss(self, X, y=None):
        A1 = np.column_stack([self.params["W1"].T, self.params["b1"]])
        A2 = np.column_stack([self.params["W2"].T, self.params["b2"]])
        X0 = augmented(as_columns(X))
        Z = A1 @ X0
        X1 = augmented(np.maximum(Z, 0))
        S = A2 @ X1
        if y is None:
            return S.T
        loss, G = softmax_loss(S.T, y)
        G2 = G.T
        G1 = (A2[:, :-1].T @ G2) * (Z > 0)
        D1, D2 = G1 @ X0.T, G2 @ X1.T
        for A, D in ((A1, D1), (A2, D2)):
            D[:, :-1] += self.reg * A[:, :-1]
            loss += self.reg / 2 * np.linalg.norm(A[:, :-1], "fro") ** 2
        return loss, {"W1": D1[:, :-1].T, "b1": D1[:, -1], "W2": D2[:, :-1].T, "b2": D2[:, -1]}
