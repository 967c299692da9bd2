"""A starter leaves its result blank and computes nothing; whatever computes anything is an answer."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.course import CourseAssignment
from grader.source import find, is_starter, parse_cell

STARTERS = {
    "pass": "def relu_forward(x):\n    pass\n",
    "ellipsis": "def relu_forward(x):\n    '''ReLU'''\n    ...\n",
    "return None after comments": (
        "def sgd(w, dw, config=None):\n    # TODO: write the update\n    #\n    return None\n"
    ),
    "raises": "def affine_forward(x, w, b):\n    raise NotImplementedError('write this')\n",
    "asserts": "def affine_forward(x, w, b):\n    assert False, 'write this'\n",
    "prints": "def affine_forward(x, w, b):\n    print('to do')\n    return None, None\n",
    "renamed": "def relu_backward(upstream, kept):\n    grad, x = None, kept\n    return grad\n",
    "zeros to be filled": (
        "def svm_loss(x, y):\n    loss = 0.0\n    dx = np.zeros_like(x)\n    pass\n    return loss, dx\n"
    ),
    "adam": """
def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("t", 0)
    next_w = None
    pass
    return next_w, config
""",
    "momentum": """
def sgd_momentum(x, dx, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    v = config.get('velocity', np.zeros_like(x))
    next_x = None
    config['velocity'] = v
    return next_x, config
""",
    "batch norm": """
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == "train":
        pass
    elif mode == "test":
        pass
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param["running_mean"] = running_mean
    return out, cache
""",
    "dropout": """
def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    out = None
    if mode == 'train':
        pass
    elif mode == 'test':
        pass
    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache
""",
    "a net's loss": """
def loss(self, X, y=None):
    X = X.astype(self.dtype)
    mode = "test" if y is None else "train"
    if self.use_dropout:
        self.dropout_param["mode"] = mode
    if self.normalization == "batchnorm":
        for bn_param in self.bn_params:
            bn_param["mode"] = mode
    scores = None
    if mode == "test":
        return scores
    loss, grads = 0.0, {}
    return loss, grads
""",
    "a net's constructor": """
def __init__(self, hidden_dims, input_dim=3 * 32 * 32, dropout=0, use_batchnorm=False, dtype=np.float32):
    self.use_dropout = dropout > 0
    self.num_layers = 1 + len(hidden_dims)
    self.params = {}
    self.bn_params = []
    if use_batchnorm:
        self.bn_params = [{'mode': 'train'} for i in range(self.num_layers - 1)]
    for k, v in self.params.iteritems():
        self.params[k] = v.astype(dtype)
""",
}
ANSWERS = {
    "one line": "def relu_forward(x):\n    return np.maximum(x, 0), x\n",
    "an operation": "def relu_backward(dout, x):\n    dx = None\n    dx = dout * (x > 0)\n    return dx\n",
    "a mask": "def f(x):\n    out = None\n    mask = x > 0\n    return out, mask\n",
    "in place": "def sgd(w, dw, config=None):\n    out = None\n    w -= dw\n    return w, config\n",
    "an element": "def f(x):\n    out = np.zeros(x.shape)\n    out[0] = x\n    return out\n",
    "a slice": "def f(x):\n    out, cache = None, None\n    return x[:], cache\n",
    "a helper": "def f(x):\n    out, cache = None, None\n    return helper(x), cache\n",
    "a method": "def loss(self, X, y=None):\n    grads = {}\n    return self.run(X, y), grads\n",
    "an inherited method": "def loss(self, X, y=None):\n    grads = {}\n    return super().loss(X, y)\n",
    "an operator": "def f(x):\n    out = None\n    out = LAYERS['f'](x)\n    return out\n",
    "the argument itself": (
        "def f(x, mode):\n    out, mask = None, None\n"
        "    if mode == 'test':\n        out = x\n    return out, mask\n"
    ),
    "a copy of it": "def f(x):\n    mask = None\n    return x.copy(), mask\n",
    "parameters": "def __init__(self, n):\n    self.params = {}\n    self.params['b1'] = np.zeros(n)\n",
    "arrays of zeros": "def f(x, y):\n    return 0.0, np.zeros_like(x)\n",
    "decorated": "@solve\ndef f(x):\n    return None\n",
    "a generator": "def f(x):\n    pass\n    yield x\n",
    "a loop": "def f(x):\n    out = None\n    while x:\n        pass\n    return out\n",
    "nested": "def f(x):\n    out = None\n    def g():\n        return x\n    return g\n",
    "nothing blank": "def f(x):\n    cache = (x,)\n    return cache[0], cache\n",
    "large": "def f(x):\n" + "    y = None\n" * 2_000 + "    return y\n",
}


def function(source: str) -> ast.FunctionDef:
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.FunctionDef)
    return node


@pytest.mark.parametrize("name", STARTERS)
def test_starters_compute_nothing(name: str) -> None:
    assert is_starter(function(STARTERS[name]))


@pytest.mark.parametrize("name", ANSWERS)
def test_whatever_computes_anything_is_an_answer(name: str) -> None:
    assert not is_starter(function(ANSWERS[name]))


def test_where_starters_hand_an_argument_on_that_is_no_answer() -> None:
    source = """
def dropout_backward(dout, cache):
    dropout_param, mask = cache
    mode = dropout_param["mode"]
    dx = None
    if mode == "train":
        pass
    elif mode == "test":
        dx = dout
    return dx
"""
    assert is_starter(function(source), identity_given=True)
    assert not is_starter(function(source))
    assert not is_starter(function(source.replace("pass", "dx = dout * mask")), identity_given=True)


def test_what_is_released_is_a_starter(assignment: CourseAssignment) -> None:
    for question in assignment.questions:
        if question.kind == "code":
            tree = parse_cell(assignment.stubs[question.name]).tree
            assert tree is not None
            definition = find(tree, question.definition)
            assert definition is not None
            assert is_starter(definition), question.name


def test_no_right_answer_is_one(course: Path) -> None:
    graded = {"loss", "sgd", "adam", "rmsprop", "sgd_momentum", "numerical_gradient"}
    files = [*(course / "reference").glob("*.py"), *(course / "tests" / "rewritings").rglob("*.py")]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            if node.name.endswith(("_forward", "_backward", "_loss")) or node.name in graded:
                assert not is_starter(node), (file, node.name)
