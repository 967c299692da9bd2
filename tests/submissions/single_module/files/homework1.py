#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Exported with nbconvert, then edited."""

# In[1]:

import matplotlib.pyplot as plt
import numpy as np

from grader import check
from grader.toolkit import Solver, load_fashion

get_ipython().run_line_magic('matplotlib', 'inline')
plt.rcParams['figure.figsize'] = (10.0, 8.0)

# In[2]:

shape_drill = {
    "rows": (5, 24),
    "w": (24, 7),
    "out": (5, 7),
    "dout": (5, 7),
    "dx": (5, 3, 4, 2),
    "dw": (24, 7),
    "db": (7,),
    "relu_dx": (5, 7),
}

predictions = {"doubled_batch": "B", "relu_gate": "B", "shifted_scores": "C", "initial_loss": "C", "zero_weights": "C"}

# In[3]:

def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros(np.shape(x))
    for i in range(x.size):
        ix = np.unravel_index(i, x.shape)
        old = float(x[ix])
        x[ix] = old + h; plus = f(x)
        x[ix] = old - h; minus = f(x)
        x[ix] = old
        grad[ix] = (plus - minus) / (2 * h)
    return grad

check("numerical_gradient")

# In[4]:

class Affine:
    @staticmethod
    def forward(x, w, b):
        return x.reshape(x.shape[0], -1).dot(w) + b, (x, w, b)

    @staticmethod
    def backward(dout, cache):
        x, w, b = cache
        return dout.dot(w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T.dot(dout), dout.sum(axis=0)

affine_forward, affine_backward = Affine.forward, Affine.backward

class Relu:
    def __call__(self, x):
        return np.maximum(x, 0), x
    def backward(self, dout, cache):
        return dout * (cache > 0)

relu_forward = Relu()
relu_backward = relu_forward.backward

# In[5]:

def softmax_loss(x, y):
    N = x.shape[0]
    z = x - np.max(x, axis=1, keepdims=True)
    logp = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    dx = np.exp(logp)
    dx[np.arange(N), y] -= 1
    return -np.sum(logp[np.arange(N), y]) / N, dx / N

def svm_loss(x, y):
    N = x.shape[0]
    margins = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    dx = (margins > 0).astype(np.float64)
    dx[np.arange(N), y] -= dx.sum(axis=1)
    return margins.sum() / N, dx / N

def sgd(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)
    return w - config['learning_rate'] * dw, config

# In[6]:

class TwoLayerNet:
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        for i, (n, m) in enumerate([(input_dim, hidden_dim), (hidden_dim, num_classes)], 1):
            self.params['W%d' % i] = np.random.randn(n, m) * weight_scale
            self.params['b%d' % i] = np.zeros(m)

    def loss(self, X, y=None):
        caches, out = [], X
        for i in (1, 2):
            out, c = affine_forward(out, self.params['W%d' % i], self.params['b%d' % i])
            caches.append(c)
            if i == 1:
                out, c = relu_forward(out)
                caches.append(c)
        if y is None:
            return out
        loss, dout = softmax_loss(out, y)
        grads = {}
        for i in (2, 1):
            dout, grads['W%d' % i], grads['b%d' % i] = affine_backward(dout, caches.pop())
            if i == 2:
                dout = relu_backward(dout, caches.pop())
            W = self.params['W%d' % i]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads['W%d' % i] += self.reg * W
        return loss, grads

# In[7]:

hyperparameters = {
    "hidden_dim": 128, "learning_rate": 0.5, "lr_decay": 0.75, "reg": 2e-3,
    "weight_scale": 1e-2, "batch_size": 50, "num_epochs": 10,
}

data = load_fashion()
model = TwoLayerNet(784, 128)
solver = Solver(model, data, num_epochs=10)
solver.train()
plt.plot(solver.loss_history)
plt.show()
