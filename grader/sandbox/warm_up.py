"""Warm up a zygote before its first fork: load a sample and run its case, as a child does.

The interpreter adapts to the code that it runs (PEP 659) and remembers the attributes that it looks up. What
it has learnt before the fork, it need not write into every child's memory, a page at a time.
"""

from __future__ import annotations

import contextlib
import linecache
import socket
import sys
import warnings
from collections.abc import Iterator

import numpy as np

from grader.model import Case, Chunk, Input, Load, Ref, Step
from grader.sandbox import messages
from grader.sandbox.channel import Conversation, Descriptor, frame
from grader.sandbox.child import serve_requests
from grader.sandbox.deadline import Deadline
from grader.sandbox.limits import Limits
from grader.sandbox.mechanisms import Setting

_ROUNDS = 20
_LABEL = "warm-up"
_SAMPLE = """import numpy as np


def forward(x, w, b):
    out = np.maximum(0, x.reshape(x.shape[0], -1).dot(w) + b)
    return out, (x, w, out)


def backward(dout, cache):
    x, w, out = cache
    dout = dout * (out > 0)
    rows = x.reshape(x.shape[0], -1)
    return (dout @ w.T).reshape(x.shape), rows.T @ dout, np.sum(dout, axis=0)
"""


def run_warm_up() -> None:
    """Load the sample and run its case in this process, which is left as it was.

    Raises RuntimeError where the sample fails: a warm-up of error paths is of no use.
    """
    case = _case()
    ours, theirs = socket.socketpair()
    with ours, theirs, _as_it_was():
        for number, request in enumerate([_load(), *[messages.run_request(case)] * _ROUNDS]):
            ours.sendall(frame(number, request))
        ours.shutdown(socket.SHUT_WR)
        serve_requests(Descriptor(theirs.fileno()), Setting(Limits(), zygote=0))
        conversation = Conversation(ours)
        answers = [conversation.receive(Deadline(1.0))[1] for _ in range(1 + _ROUNDS)]
    if answers[0] != ("loaded", "") or messages.unpack_result(answers[-1][1], case).failures:
        raise RuntimeError(f"the warm-up failed: {answers[0]}, {answers[-1]}")


def _load() -> bytes:
    load = Load((Chunk(_LABEL, _SAMPLE, (0, 1, 2)),))
    return messages.load_request(load, step_by_step=False)


def _case() -> Case:
    inputs = (np.ones((4, 2, 3)), np.ones((6, 5)), np.zeros(5), np.ones((4, 5)))
    steps = (
        Step("call", "forward", None, (Input(0), Input(1), Input(2))),
        Step("call", "backward", None, (Input(3), Ref(0, (1,)))),
    )
    keep = (Ref(0, (0,)), Ref(1, (0,)), Ref(1, (1,)), Ref(1, (2,)))
    return Case("", "", 0, False, 0, inputs, (), steps, keep, (), ())


@contextlib.contextmanager
def _as_it_was() -> Iterator[None]:
    """Put back what a child alters for good: the main module, builtins, finders, streams."""
    modules = {name: sys.modules[name] for name in ("__main__", "builtins")}
    finders, stdout, stderr = list(sys.meta_path), sys.stdout, sys.stderr
    try:
        with warnings.catch_warnings():
            yield
    finally:
        sys.modules.update(modules)
        sys.meta_path[:] = finders
        sys.stdout, sys.stderr = stdout, stderr
        linecache.cache.pop(f"<{_LABEL}>", None)
