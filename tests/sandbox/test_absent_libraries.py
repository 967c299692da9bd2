"""A library that is not there raises ImportError, as on a machine without it; what needs it not is kept."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from grader.model import CaseResult, Module
from grader.sandbox import Limits, Sandbox, SandboxError
from tests.sandbox.test_session import X, call, load

TWICE = "def f(x):\n    return np.multiply(x, 2)\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(load=5.0, case=5.0)) as one:
        yield one


def run(
    sandbox: Sandbox, cell: str, *modules: Module, imports: tuple[str, ...] = ()
) -> tuple[CaseResult, list[tuple[str, int, str]]]:
    """The result of ``f``; where what failed while loading, and its type."""
    from dataclasses import replace

    with sandbox.open(replace(load(cell, modules=modules), imports=imports)) as session:
        (result,) = session.run([call("f")])
        places = [(f.place.cell, f.place.line, f.error) for _, f in session.problems if f.place is not None]
    return result, places


@pytest.mark.parametrize(
    "head",
    [
        "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\n",
        "try:\n    from jax import numpy as np\nexcept ModuleNotFoundError:\n    import numpy as np\n",
        "import importlib.util\n"
        "name = 'torch' if importlib.util.find_spec('torch') else 'numpy'\nnp = __import__(name)\n",
        "import contextlib\nimport numpy as np\n"
        "with contextlib.suppress(ImportError):\n    import cupy as np\n",
    ],
)
def test_a_fallback_runs(sandbox: Sandbox, head: str) -> None:
    result, problems = run(sandbox, head + TWICE)
    assert np.array_equal(result.values[0], X * 2)
    assert problems == []


@pytest.mark.parametrize("line", ["import numpy as np, seaborn", "import seaborn\nimport numpy as np"])
def test_an_import_that_no_answer_uses_costs_nothing(sandbox: Sandbox, line: str) -> None:
    result, problems = run(sandbox, f"{line}\n{TWICE}")
    assert np.array_equal(result.values[0], X * 2)
    assert problems == [("cell 1", 1, "ModuleNotFoundError")]


def test_a_module_keeps_what_its_sound_statements_define(sandbox: Sandbox) -> None:
    text = (
        f"import numba\nfrom numpy import multiply, nothing\nimport numpy as np\n{TWICE}open('notes.txt')\n"
    )
    result, problems = run(sandbox, "from layers import f, g\n", Module("layers", text))
    assert np.array_equal(result.values[0], X * 2)
    assert [(cell, line) for cell, line, _ in problems] == [
        ("layers", 1),
        ("layers", 2),
        ("layers", 6),
        ("cell 1", 1),
    ]


def test_a_module_whose_failure_is_awaited_fails_as_a_whole(sandbox: Sandbox) -> None:
    fast = Module("fast", "import helper\ndef f(x):\n    return helper.np.zeros_like(x)\n")
    helper = Module("helper", "import cupy as np\n")
    slow = Module("slow", f"import numpy as np\n{TWICE}")
    cell = "try:\n    from fast import f\nexcept Exception:\n    from slow import f\n"
    result, problems = run(sandbox, cell, fast, helper, slow)
    assert np.array_equal(result.values[0], X * 2)
    assert problems == []


@pytest.mark.parametrize(
    "use",
    [
        "import matplotlib.pyplot as plt\n"
        "    fig, (one, two) = plt.subplots(1, 2, figsize=(8, 3))\n    one.plot(x)",
        "counts, edges, _ = plt.hist(x)\n    plt.gca().set_title('x')",
        "from IPython.display import clear_output, display\n    display(x)\n    clear_output(wait=True)",
        "display(x.shape)\n    get_ipython().run_line_magic('matplotlib', 'inline')",
        "assert In and Out == {} and _ == ''",
        "from grader import check\n    check('f')",
    ],
)
def test_what_every_notebook_has_is_there_and_does_nothing(sandbox: Sandbox, use: str) -> None:
    result, problems = run(
        sandbox, f"import numpy as np\ndef f(x):\n    {use}\n    return np.multiply(x, 2)\n"
    )
    assert result.failures == {}
    assert np.array_equal(result.values[0], X * 2)
    assert problems == []


def test_pythons_own_modules_are_there(sandbox: Sandbox) -> None:
    head = "import asyncio, argparse, html, graphlib, subprocess, tkinter, sqlite3\nimport numpy as np\n"
    result, problems = run(sandbox, head + TWICE)
    assert np.array_equal(result.values[0], X * 2)
    assert problems == []


def test_a_package_that_the_assignment_allows_is_there(sandbox: Sandbox) -> None:
    cell = "import numpy as np\nfrom packaging.version import Version\n"
    cell += "def f(x):\n    return x * Version('2').major\n"
    result, problems = run(sandbox, cell, imports=("packaging",))
    assert np.array_equal(result.values[0], X * 2)
    assert problems == []
    result, problems = run(sandbox, cell)
    assert problems == [("cell 1", 2, "ModuleNotFoundError")]


def test_a_package_that_is_allowed_and_not_installed_is_the_courses_fault(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="allows `no_such_package`, which is not installed"):
        run(sandbox, TWICE, imports=("no_such_package",))


@pytest.mark.parametrize(
    "definition",
    [
        "from jaxtyping import Float\ndef f(x: Float[np.ndarray, 'n']) -> Float[np.ndarray, 'n']:\n"
        "    return np.multiply(x, 2)",
        "from torch import Tensor\nfactor: Tensor = 2\ndef f(x, *, by: Tensor | None = None):\n"
        "    y: Tensor = x * factor\n    return y",
        "def f(x: 'nothing of the kind' @ 3, n: missing.Name[1:2] = 2):\n    return n * x",
        "from dataclasses import dataclass\nimport jax\n@dataclass\nclass Layer:\n    x: jax.Array\n"
        "    n: int = 2\ndef f(x):\n    return Layer(x).n * Layer(x).x",
        "from typing import NamedTuple\nclass Cache(NamedTuple):\n    x: cupy.ndarray\n    n: int = 2\n"
        "def f(x):\n    return Cache(x).n * Cache(x).x",
    ],
)
def test_annotations_are_never_evaluated(sandbox: Sandbox, definition: str) -> None:
    result, _ = run(sandbox, f"import numpy as np\n{definition}\n")
    assert result.failures == {}
    assert np.array_equal(result.values[0], X * 2)


def test_default_values_and_decorators_are_evaluated(sandbox: Sandbox) -> None:
    twice = "def twice(g):\n    return lambda x: 2 * g(x)\n"
    result, _ = run(sandbox, f"n = 3\n{twice}@twice\ndef f(x, by=n - 2):\n    return by * x\n")
    assert np.array_equal(result.values[0], X * 2)
    _, problems = run(sandbox, "@jit\ndef f(x):\n    return x\n")
    assert problems == [("cell 1", 1, "NameError")]


@pytest.mark.parametrize(
    ("wait", "lost"),
    [
        ("import asyncio\nawait asyncio.sleep(0)", 0),
        ("async def g():\n    return 1\nn = await g()", 0),
        ("import asyncio\nawait asyncio.sleep(1)", 1),
    ],
)
def test_of_a_cell_that_waits_only_that_statement_may_be_lost(sandbox: Sandbox, wait: str, lost: int) -> None:
    result, problems = run(sandbox, f"{wait}\nimport numpy as np\n{TWICE}")
    assert np.array_equal(result.values[0], X * 2)
    assert len(problems) == lost
