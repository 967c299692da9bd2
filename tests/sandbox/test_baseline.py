"""What one answer changes in its process, the next case does not see."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from grader.sandbox import Limits, Sandbox
from tests.sandbox.test_session import X, call, load

HEAD = "import builtins, decimal, gc, os, random, sys, warnings\nimport numpy as np\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(load=5.0, case=5.0)) as one:
        yield one


@pytest.mark.parametrize(
    ("change", "sees"),
    [
        ("np.seterr(all='raise')", "np.log(np.zeros(1))"),
        ("warnings.simplefilter('error')", "warnings.warn('old')"),
        ("np.set_printoptions(precision=1)", "assert '3.14159' in str(np.array([3.14159]))"),
        ("np.set_printoptions(legacy='1.13')", "assert repr(np.array([3.14159])) == 'array([3.14159])'"),
        ("builtins.abs = lambda x: 0", "assert abs(-1) == 1"),
        ("del builtins.len", "assert len([1]) == 1"),
        ("np.maximum = np.minimum", "assert np.maximum(1, 2) == 2"),
        ("np.dot = None", "np.dot(x, x)"),
        ("np.random.randn = lambda *n: np.zeros(n)", "assert np.random.randn(3).any()"),
        ("random.random = lambda: 2", "assert random.random() < 1"),
        ("sys.setrecursionlimit(60)", "f = lambda n: n and f(n - 1)\n    f(200)"),
        ("os.environ['HOME'] = 'x'; os.environ.pop('PATH')", "assert 'PATH' in os.environ"),
        ("sys.path.clear(); sys.path = None", "assert isinstance(sys.path, list)"),
        ("sys.meta_path.clear(); sys.modules.pop('math')", "import math, matplotlib.pyplot"),
        ("sys.stdout.close(); sys.stderr = None", "print('here')\n    sys.stderr.write('x')"),
        ("sys.stdout = None", "sys.stdout.write('here')"),
        ("decimal.getcontext().prec = 2", "assert len(str(decimal.Decimal(1) / 3)) > 10"),
        ("gc.disable()", "assert gc.isenabled()"),
        ("sys.set_int_max_str_digits(700)", "str(10 ** 3000)"),
        ("sys.settrace(lambda *a: None)", "assert sys.gettrace() is None"),
        ("np.seterr = np.geterr = np.errstate = None", "with np.errstate(all='ignore'): pass"),
    ],
)
def test_what_one_answer_changes_the_next_case_does_not_see(sandbox: Sandbox, change: str, sees: str) -> None:
    cell = f"{HEAD}def f(x):\n    {change}\n    return x\ndef g(x):\n    {sees}\n    return 2 * x\n"
    with sandbox.open(load(cell)) as session:
        first, second = session.run([call("f"), call("g")])
        assert not session.problems
    assert first.failures == {}
    assert second.failures == {}
    assert np.array_equal(second.values[0], 2 * X)


def test_what_a_file_gives_numpy_when_it_is_loaded_stays(sandbox: Sandbox) -> None:
    head = f"{HEAD}np.twice = lambda x: 2 * x\nnp.seterr(all='raise')\n"
    cell = f"{head}def g(x):\n    np.log(0.0)\n    return np.twice(x)\nf = g\n"
    with sandbox.open(load(cell)) as session:
        first, second = session.run([call("g"), call("f")])
    assert np.array_equal(first.values[0], 2 * X)
    assert np.array_equal(second.values[0], 2 * X)
