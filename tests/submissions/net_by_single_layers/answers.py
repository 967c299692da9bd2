class TwoLayerNet(object):
  def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
    self.params = {}
    self.reg = reg
    self.params['W1'] = weight_scale * np.random.randn(input_dim, hidden_dim)
    self.params['b1'] = np.zeros(hidden_dim)
    self.params['W2'] = weight_scale * np.random.randn(hidden_dim, num_classes)
    self.params['b2'] = np.zeros(num_classes)

  def loss(self, X, y=None):
    N = X.shape[0]
    D = np.prod(X.shape[1:])
    X = X.reshape(N, D)
    fc1, fc1_cache = affine_forward(X, self.params['W1'], self.params['b1'])
    act, act_cache = relu_forward(fc1)
    fc2, fc2_cache = affine_forward(act, self.params['W2'], self.params['b2'])
    scores = fc2

    if y is None:
      return scores

    data_loss, dscores = softmax_loss(scores, y)
    reg_loss = 0.0
    for p in self.params:
      if p.startswith('W'):
        reg_loss += 0.5 * self.reg * np.sum(self.params[p]**2)
    loss = data_loss + reg_loss

    grads = {}
    dact, dW2, db2 = affine_backward(dscores, fc2_cache)
    dfc1 = relu_backward(dact, act_cache)
    dx, dW1, db1 = affine_backward(dfc1, fc1_cache)
    dW2 += self.reg * self.params['W2']
    dW1 += self.reg * self.params['W1']
    grads.update({'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2})
    return loss, grads
