"""Old names of NumPy's are there in a child, whatever version of NumPy it has."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np
import pytest

from grader.sandbox import Limits, Sandbox
from grader.source import RENAMED_IN_NUMPY, old_names
from tests.sandbox.test_session import X, call, load


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(load=5.0, case=5.0)) as one:
        yield one


@pytest.mark.parametrize(
    "use",
    [
        "np.reshape(x, newshape=(1, -1))[0]",
        "x.astype(np.float)",
        "np.zeros(3, dtype=np.int) + x",
        "np.where(np.zeros(3, dtype=np.bool), 0, x)",
        "np.array(list(x), dtype=np.object).astype(float)",
        "x * np.product([1.0, 1.0])",
        "x * np.cumproduct(np.ones(3))",
        "x if np.alltrue(x == x) else 0",
        "np.row_stack([x, x])[0]",
        "np.where(np.in1d(x, [9.0]), 0, x)",
        "x + np.trapz(np.zeros(3))",
        "np.asfarray(x) if np.rank(x) == 1 else 0",
        "np.maximum(x, np.NINF)",
        "x + 0 * np.random.random_integers(1, 3, 3)",
        "np.round_(x, 6)",
    ],
)
def test_an_old_name_does_what_it_did(sandbox: Sandbox, use: str) -> None:
    with sandbox.open(load(f"import numpy as np\ndef f(x):\n    return {use}\n")) as session:
        (result,) = session.run([call("f")])
    assert result.failures == {}
    assert np.array_equal(np.asarray(result.values[0], float), X)


def test_every_name_in_the_table_is_there(sandbox: Sandbox) -> None:
    names = ", ".join(RENAMED_IN_NUMPY)
    with sandbox.open(load(f"from numpy import {names}\ndef f(x):\n    return x\n")) as session:
        assert session.problems == []


def test_where_a_source_uses_them() -> None:
    source = "import numpy as np\nfrom numpy import product\na = np.float(1)\nb = np.reshape(a, newshape=2)\n"
    assert list(old_names(source, ast.parse(source))) == [
        (2, "np.product", "np.prod"),
        (4, "newshape=", "shape="),
        (3, "np.float", "float"),
    ]
    clean = "import numpy as np\na = np.bool(1)\nb = self.float + other.product\n"
    assert list(old_names(clean, ast.parse(clean))) == []
