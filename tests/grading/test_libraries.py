"""What is said of a library that is not there at grading: where it is used, and in the notebook."""

from __future__ import annotations

import sys
import types
from dataclasses import replace
from typing import Any

import pytest

from grader.course import CourseAssignment
from grader.grading import grade
from grader.grading.libraries import not_found, told_beforehand, with_library
from grader.messages import headline, say
from grader.model import Cell, Failure, Outcome, Submission
from grader.model.reasons import LibraryNotThere, Raised
from grader.sandbox import Sandbox

NOTEBOOK = """import numpy as np
import packaging.version as pv
from packaging.version import Version
def helper(x):
    return pv.parse(x)
def uses_a_name(x):
    return Version(x)
def uses_a_helper(x):
    return [helper(one) for one in x]
def imports_inside(x):
    import packaging
    return packaging
class Net:
    def loss(self, x):
        return Version(x)
def uses_none(x):
    return np.abs(x)
"""


@pytest.fixture
def notebook() -> dict[str, Any]:
    module = types.ModuleType("__main__")
    exec(NOTEBOOK, module.__dict__)
    return module.__dict__


@pytest.mark.parametrize("name", ["uses_a_name", "uses_a_helper", "imports_inside", "Net.loss"])
def test_check_says_beforehand_what_grading_has_not(name: str, notebook: dict[str, Any]) -> None:
    (outcome,) = told_beforehand(name, notebook, ("numpy",))
    assert not outcome.scored
    assert say(outcome.findings[0]).startswith(
        "`packaging` is not there at grading: your code has numpy and "
    )
    assert told_beforehand(name, notebook, ("numpy", "packaging")) == []


def test_numpy_and_files_beside_the_notebook_are_no_news(
    notebook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = types.ModuleType("my_layers")
    own.__file__ = "/home/ann/my_layers.py"
    monkeypatch.setitem(sys.modules, "my_layers", own)
    exec("import my_layers\ndef mine(x):\n    return my_layers.f(np.abs(x))\n", notebook)
    assert told_beforehand("mine", notebook, ("numpy",)) == []
    assert told_beforehand("uses_none", notebook, ("numpy",)) == []
    assert told_beforehand("not_there", notebook, ("numpy",)) == []


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("NameError", "name 'logsumexp' is not defined"),
        ("ModuleNotFoundError", "No module named 'scipy'"),
        ("ModuleNotFoundError", "No module named 'scipy.special'"),
    ],
)
def test_a_name_that_is_missing_says_where_it_would_have_come_from(error: str, message: str) -> None:
    raised = Raised("out", "f", error, message)
    (outcome,) = with_library([Outcome("values", "error", False, findings=(raised,))], {"logsumexp": "scipy"})
    assert say(outcome.findings[0]).endswith("`scipy` is not there at grading.")
    (other,) = with_library([Outcome("values", "error", False, findings=(raised,))], {"jit": "numba"})
    assert other.findings == (raised,)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("scipy.special", "scipy"),  # nothing of it is there
        ("numpy.core.no_such", "numpy.core.no_such"),  # the rest of it is
        ("multiprocessing.pool", "multiprocessing.pool"),
        ("tkinter", "tkinter"),
    ],
)
def test_what_is_not_found_is_a_library_or_a_module_of_one_that_is_there(module: str, name: str) -> None:
    failure = Failure("raised", "ModuleNotFoundError", f"No module named '{module}'")
    assert not_found(failure, ("numpy",)) == name
    assert not_found(replace(failure, error="ImportError"), ("numpy",)) == ""


def test_of_pythons_own_modules_nothing_is_said_of_the_standard_library() -> None:
    told = [say(LibraryNotThere(name, "cell 1", 2, "numpy")) for name in ("tkinter", "scipy")]
    assert ["your code has numpy and Python's standard library" in text for text in told] == [False, True]
    assert told[0].startswith("`tkinter`, imported in cell 1, line 2, is not there at grading, though")


def test_an_answer_that_needs_a_module_that_is_left_out_is_told_which(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    cells = (
        "import numpy as np\nimport turtle\nfrom multiprocessing.pool import ThreadPool\n",
        "def relu_forward(x):\n    turtle.up()\n    return np.maximum(x, 0), x\n",
        "def sgd(w, dw, config=None):\n    return ThreadPool().map(abs, w), config\n",
    )
    handed_in = Submission("ann", "", cells=tuple(Cell(f"c{i}", "code", c) for i, c in enumerate(cells)))
    report = grade(handed_in, assignment, sandbox, only=["relu_forward", "sgd"])
    assert [headline(q).rpartition("`")[0].rpartition("`")[2] for q in report.questions] == [
        "turtle",
        "multiprocessing.pool",
    ]
