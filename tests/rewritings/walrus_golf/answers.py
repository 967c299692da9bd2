R = lambda x: x.reshape(len(x), -1)
H = lambda x, y: (np.arange(x.shape[1]) == y[:, None]) + 0.
def numerical_gradient(f, x, h=1e-5):
    return np.reshape([(x.put(i, (v := x.flat[i]) + h), a := f(x), x.put(i, v - h), b := f(x), x.put(i, v)) and (a - b) / h / 2 for i in range(x.size)], x.shape)
def affine_forward(*c): return R((x := c[0])) @ (w := c[1]) + c[2], c
def affine_backward(d, c): return ((d @ c[1].T).reshape((x := c[0]).shape), R(x).T @ d, np.ones(len(d)) @ d)
def relu_forward(x): return x * (m := x > 0), m
def relu_backward(d, m): return d * m
def softmax_loss(x, y): return -(np.log(p := (e := np.exp(x - x.max(1)[:, None])) / e.sum(1)[:, None], where=(h := H(x, y)) > 0, out=p * 0)).sum() / (n := len(y)), (p - h) / n
def svm_loss(x, y): return (m := ((x - (x * (h := H(x, y))).sum(1)[:, None] + 1) * (1 - h)).clip(0)).sum() / len(x), ((g := 1. * (m > 0)) - h * g.sum(1)[:, None]) / len(x)
def sgd(w, g, config=None): return w - (c := {"learning_rate": .01} | (config or {}))["learning_rate"] * g, c
class TwoLayerNet:
    def __init__(s, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.):
        s.r, s.params = reg, {k + i: np.random.randn(*n) * weight_scale if k == "W" else np.zeros(n[1]) for i, n in {"1": (input_dim, hidden_dim), "2": (hidden_dim, num_classes)}.items() for k in "Wb"}
    def loss(s, X, y=None):
        W, b, V, c = map(s.params.get, ("W1", "b1", "W2", "b2"))
        S = (h := (a := (X := R(X)) @ W + b) * (a > 0)) @ V + c
        return S if y is None else ((L := softmax_loss(S, y))[0] + s.r * ((W * W).sum() + (V * V).sum()) / 2, {"W2": h.T @ (d := L[1]) + s.r * V, "b2": d.sum(0), "W1": X.T @ (e := d @ V.T * (a > 0)) + s.r * W, "b1": e.sum(0)})
