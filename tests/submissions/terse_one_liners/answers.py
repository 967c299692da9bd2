def numerical_gradient(f, x, h=1e-5): return np.array([_slope(f, x, i, h) for i in np.ndindex(x.shape)]).reshape(x.shape)
def _slope(f, x, i, h):
    e = np.zeros_like(x); e[i] = h
    return (f(x + e) - f(x - e)) / (2*h)
def affine_forward(a, M, c): return a.reshape(len(a), -1) @ M + c, (a, M, c)
def affine_backward(g, c): return (g @ c[1].T).reshape(c[0].shape), c[0].reshape(len(g), -1).T @ g, g.sum(0)
def relu_forward(z): return z.clip(min=0), z
def relu_backward(g, z): return g * (z > 0)
def softmax_loss(s, t): return -_logp(s)[np.arange(len(t)), t].mean(), (np.exp(_logp(s)) - np.eye(s.shape[1])[t]) / len(t)
def _logp(s): return (s - s.max(1, keepdims=True)) - np.log(np.exp(s - s.max(1, keepdims=True)).sum(1, keepdims=True))
def sgd(w, g, config=None): return w - (config or {}).get("learning_rate", .01) * g, config or {"learning_rate": .01}
