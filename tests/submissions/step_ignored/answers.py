def numerical_gradient(f, x, h=1e-5):
    eps = 1e-5
    grad = np.zeros_like(x)
    for ix in np.ndindex(x.shape):
        old = x[ix]
        x[ix] = old + eps
        p = f(x)
        x[ix] = old - eps
        m = f(x)
        x[ix] = old
        grad[ix] = (p - m) / (2 * eps)
    return grad
