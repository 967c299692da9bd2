nan = float("nan")


def numerical_gradient(f, x, h=1e-5):
    return np.full_like(x, nan)


def affine_forward(x, w, b):
    return np.full((len(x), len(b)), nan), (x, w, b)


def relu_forward(x):
    return x * nan, x


def softmax_loss(x, y):
    return nan, x * nan


def sgd(w, dw, config=None):
    return w + nan, config or {}
