"""A rehearsal in the zygote: what every child will do, done once, so that no child does it cold.

CPython specialises bytecode as it runs, NumPy looks its loops up, pages are touched: a forked child inherits
all of that. The sample is the grader's own; no student's code is ever run here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.model import Case, Input, Ref, Step
from grader.sandbox import messages, requests, wire
from grader.sandbox.replay import replay, restore_default_rng

_SAMPLE = '''
import numpy as np


def forward(x, w, b):
    """An affine layer, a ReLU and a softmax, as students write them."""
    h = x.reshape(x.shape[0], -1) @ w + b
    out = np.maximum(0, h)
    scores = out - np.max(out, axis=1, keepdims=True)
    p = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(len(x)), np.zeros(len(x), dtype=int)])) + 0.5 * np.sum(w * w)
    return loss, p, (x, w, h)


def backward(dout, cache):
    x, w, h = cache
    dout = dout.copy()
    dout[h <= 0] = 0
    grads = {}
    for i in range(x.shape[0]):
        grads[f"row{i}"] = np.dot(x[i].reshape(-1, 1), dout[i].reshape(1, -1)).T
    return dout.dot(w.T).reshape(x.shape), x.T @ dout, dout.sum(axis=0), grads


class Net:
    def __init__(self, size=3, seed=0):
        self.params = {"W": np.random.default_rng(seed).normal(size=(size, 2)), "b": np.zeros(2)}
'''
_ROUNDS = 20


def warm_up() -> None:
    """Rehearse: compile, load, replay, answer."""
    namespace: dict[str, Any] = {}
    exec(compile(_SAMPLE, "<sample>", "exec"), namespace)
    case = _case()
    for _ in range(_ROUNDS):
        request = requests.encode_request("run", messages.pack_program(case))
        _, program = requests.decode_request(request)
        result = replay(messages.unpack_program(program), _finder(namespace))
        wire.decode(wire.encode(("result", messages.pack_result(result))))
    restore_default_rng()


def _finder(namespace: dict[str, Any]) -> Callable[[str], Any]:
    return lambda name: namespace[name]


def _case() -> Case:
    x, w = np.arange(6.0).reshape(2, 3), np.ones((3, 2))
    steps = (
        Step("call", "forward", None, (Input(0), Input(1), Input(2))),
        Step("call", "backward", None, (Input(3), Ref(0, (2,)))),
        Step("call", "Net", None, (), {"size": 4}),
        Step("read", "params", Ref(2)),
    )
    keep = (Ref(0, (0,)), Ref(0, (1,)), Ref(1, (0,)), Ref(1, (3,)), Ref(3))
    return Case("", "", 0, False, 1, (x, w, np.zeros(2), np.ones((2, 2))), (), steps, keep, (), ())
