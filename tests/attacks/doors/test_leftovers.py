"""What one answer leaves behind in its process changes no other question's verdict."""

from __future__ import annotations

import functools
import gc
import itertools
import math
import os
import random
import sys
import warnings

import numpy as np
import pytest

from grader.course import CourseAssignment
from grader.grading import grade
from grader.model import Case, Cell, Input, Ref, Step, Submission
from grader.sandbox import LocalSession, Sandbox

LEAVES = {
    "error state": "np.seterr(all='raise')",
    "error handler": "np.seterrcall(lambda *a: 1 / 0); np.seterr(all='call')",
    "warnings": "import warnings; warnings.simplefilter('error'); warnings.warn = None",
    "no import": "import builtins; builtins.__import__ = None",
    "no builtins": "import builtins; [setattr(builtins, n, None) for n in ('len', 'range', 'sum', 'abs')]",
    "print options": "np.set_printoptions(precision=1, threshold=1)",
    "recursion": "import sys; sys.setrecursionlimit(60)",
    "random": "import random; random.seed = np.random.seed = lambda *a: None; np.random.randn = None",
    "numpy": "np.maximum = np.sum = np.exp = np.log = np.dot = np.zeros = np.zeros_like = np.arange = None",
    "numpy's own": "np.ndarray = list; np.float64 = float; np.linalg = None; np.random = None",
    "code": "np.sum.__wrapped__.__code__ = (lambda *a, **k: 7).__code__",
    "trace": "import sys; sys.settrace(lambda *a: 1 / 0)",
    "profile": "import sys; sys.setprofile(lambda *a: 1 / 0)",
    "modules": "import sys; sys.modules['numpy'] = None; sys.path = None; sys.meta_path.clear()",
    "streams": "import sys; sys.stdout = sys.stderr = None",
    "garbage": "import gc; gc.disable(); gc.set_threshold(1)",
    "signals": "import signal; signal.signal(signal.SIGALRM, lambda *a: 1 / 0); signal.setitimer(0, 0.01)",
    "names": "globals().update(softmax_loss=None, svm_loss=None)",
    "environment": "import os; os.environ.clear(); os.getpid = None",
    "libraries": "import math, itertools, functools; math.exp = functools.reduce = itertools.product = None",
}
OTHERS = ("softmax_loss", "svm_loss", "sgd", "numerical_gradient")


@pytest.mark.parametrize("what", LEAVES)
def test_the_other_questions_are_judged_as_alone(
    what: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    spoiler = f"def relu_forward(x):\n    try:\n        {LEAVES[what]}\n    except Exception: pass\n"
    spoiler += "    return x, x\n"
    right = {name: assignment.solutions[name] for name in OTHERS}
    cells = [Cell("cell 1", "code", "import numpy as np\n" + spoiler)]
    cells += [Cell(f"cell {n}", "code", text) for n, text in enumerate(right.values(), start=2)]
    assert assignment.record_hidden is not None
    hidden = assignment.record_hidden(3, ["relu_forward", *OTHERS])
    submission = Submission("eve", "", cells=tuple(cells))
    report = grade(submission, assignment, sandbox, hidden=hidden, only=["relu_forward", *OTHERS])
    found = {question.name: question.status for question in report.questions}
    assert found.pop("relu_forward") != "passed"
    assert found == dict.fromkeys(OTHERS, "passed")


def settings() -> tuple[object, ...]:
    """What a kernel's other cells depend on."""
    limits = sys.getrecursionlimit(), list(warnings.filters), gc.get_threshold(), gc.isenabled()
    names = (math.exp, functools.reduce, itertools.product, warnings.warn, random.seed, os.getpid)
    return (
        np.geterr(),
        np.get_printoptions(),
        random.getstate(),
        *limits,
        *names,
        dict(os.environ),
        sys.modules["numpy"],
        list(sys.path),
        list(sys.meta_path),
        sys.gettrace(),
        sys.getprofile(),
    )


def test_a_notebooks_kernel_is_left_as_it_was() -> None:
    namespace: dict[str, object] = {}
    lines = [text for name, text in LEAVES.items() if name not in ("signals", "code", "no import", "modules")]
    lines += [LEAVES["modules"], LEAVES["no import"]]  # the last: nothing can be imported after them
    source = "import numpy as np\ndef spoil(x):\n" + "".join(f"    {line}\n" for line in lines)
    source += "    return x\n"
    exec(source, namespace)
    step = Step("call", "spoil", None, (Input(0),))
    case = Case("q", "", 0, False, 7, (np.ones(2),), ("x",), (step,), (Ref(0),), (), ())
    before = settings()
    names = {name: getattr(np, name) for name in ("maximum", "sum", "ndarray", "linalg", "random")}
    list(LocalSession(namespace).run([case]))
    assert settings() == before
    assert all(getattr(np, name) is value for name, value in names.items())
    assert len([1]) == sum([1]) == abs(-1) == 1
    import json  # which needs an import that works

    assert json.dumps(1) == "1"


@pytest.mark.parametrize(
    "line",
    [
        "from os import system as f",
        "from shutil import rmtree as f",
        "f = open",
        "import os as f",
        "from numpy import fromfile as f",
        "from numpy import load as f",
        "from subprocess import Popen as f",
        "from builtins import exec as f",
    ],
)
def test_a_file_of_cases_cannot_call_what_a_notebook_imported(line: str) -> None:
    namespace: dict[str, object] = {}
    exec(line, namespace)
    step = Step("call", "f", None, ("/nonexistent",))
    case = Case("q", "", 0, False, 7, (), (), (step,), (Ref(0),), (), ())
    (result,) = LocalSession(namespace).run([case])
    assert result.failures[0].kind == "missing"
