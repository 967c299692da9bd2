import numpy as np


class Loss:
    def __call__(self, x, y):
        x = np.asarray(x)
        picked = np.zeros(x.shape, dtype=bool)
        for row, column in enumerate(y):
            picked[row, column] = True
        each, slope = self.of(x, picked)
        return each.mean(), slope / len(each)


class _Softmax(Loss):
    def of(self, x, picked):
        e = np.exp(x - x.max(1, keepdims=True))
        s = e.sum(1, keepdims=True)
        each = np.log(s)[:, 0] + x.max(1) - x[picked]
        return each, e / s - picked


class _Hinge(Loss):
    def of(self, x, picked):
        m = np.where(picked, 0, x - x[picked][:, None] + 1).clip(min=0)
        over = np.where(m > 0, 1.0, 0.0)
        return m.sum(1), over - picked * over.sum(1, keepdims=True)


softmax_loss = _Softmax()
svm_loss = _Hinge()
