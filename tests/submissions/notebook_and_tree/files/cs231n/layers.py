import numpy as np

def affine_forward(x, w, b):
    return x.reshape(len(x), -1).dot(w) + b, (x, w, b)

def affine_backward(dout, cache):
    raise NotImplementedError("TODO: do this one in the notebook")

def numerical_gradient(f, x, h=1e-5):
    return None

def relu_forward(x):
    return np.fmax(x, 0), x

def relu_backward(dout, cache):
    return dout * np.heaviside(cache, 0)

def softmax_loss(x, y):
    p = np.exp(x - x.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    N = len(y)
    loss = -np.log(p[np.arange(N), y]).sum() / N
    p[np.arange(N), y] -= 1
    return loss, p / N

def svm_loss(x, y):
    N = len(y)
    M = np.maximum(0, x - x[np.arange(N), y, None] + 1)
    M[np.arange(N), y] = 0
    G = 1.0 * (M > 0)
    G[np.arange(N), y] = -G.sum(1)
    return M.sum() / N, G / N
