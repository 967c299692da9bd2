def affine_forward(x, w, b):
    out = x.reshape(len(x), -1).dot(w)
    out += b
    cache = (x, w, b)
    return out, cache


def softmax_loss(x, y):
    N = x.shape[0]
    probs = x.copy()
    probs -= probs.max(axis=1, keepdims=True)
    np.exp(probs, out=probs)
    probs /= probs.sum(axis=1, keepdims=True)
    loss = -np.log(probs[range(N), y]).sum()
    loss /= N
    probs[range(N), y] -= 1
    probs /= N
    return loss, probs


def sgd(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)

    w -= config['learning_rate'] * dw
    return w, config


class TwoLayerNet(object):

    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params['W1'] = np.random.randn(input_dim, hidden_dim)
        self.params['W1'] *= weight_scale
        self.params['W2'] = np.random.randn(hidden_dim, num_classes)
        self.params['W2'] *= weight_scale
        self.params['b1'] = np.zeros((hidden_dim,))
        self.params['b2'] = np.zeros((num_classes,))

    def loss(self, X, y=None):
        W1, W2 = self.params['W1'], self.params['W2']
        hidden, cache1 = affine_relu_forward(X, W1, self.params['b1'])
        scores, cache2 = affine_forward(hidden, W2, self.params['b2'])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (W1 * W1).sum()
        loss += 0.5 * self.reg * (W2 * W2).sum()
        grads = {k: np.zeros_like(v) for k, v in self.params.items()}
        dh, dW2, db2 = affine_backward(dscores, cache2)
        grads['W2'] += dW2
        grads['b2'] += db2
        _, dW1, db1 = affine_relu_backward(dh, cache1)
        grads['W1'] += dW1
        grads['b1'] += db1
        grads['W1'] += self.reg * W1
        grads['W2'] += self.reg * W2
        return loss, grads
