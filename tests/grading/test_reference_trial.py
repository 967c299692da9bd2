"""The reference on trial: a wrong derivative in it, or one declared for another input, is a hole."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import load_assignment
from grader.course.release import notebook
from grader.course.variant_sessions import LIMITS, called_names, reference_load
from grader.grading.reference_trial import wrong_derivatives
from grader.grading.verify import verify
from grader.messages import hole
from grader.sandbox import LocalSession, Sandbox

REFERENCE = '''
import numpy as np


def affine_forward(x, w):
    """A product."""
    # solution: A product.
    out = x @ w
    # end of solution
    return out, (x, w)


def affine_backward(dout, cache):
    """Its derivatives."""
    # solution: Two products.
    x, w = cache
    dx = dout @ w.T
    dw = x.T @ dout
    # end of solution
    return dx, dw
'''
RUBRIC = """
from grader.checks import gradient, values
from grader.course import Rubric

rubric = Rubric(title="Tiny", version="1.0", reference=("reference.layers",))
affine = rubric.question("affine_backward", "Affine", points={"dx": 2, "dw": 2})


@affine.on((2, 2), (3, 3))
def _(impl, draw, n, d):
    x, w, dout = draw(n, d), draw(d, d), draw(n, d)
    out, cache = impl.affine_forward(x, w)
    dx, dw = impl.affine_backward(dout, cache)
    return [values(dx=dx, dw=dw), gradient(of=out, dout=dout, dx=(x, dx), dw=(w, dw))]
"""
NARRATIVE = """
```python role="locked" name="setup"
import numpy as np
```

```python role="answer" question="affine_backward" source="reference.layers:affine_backward"
# cut from the reference
```
"""


def written(folder: Path, reference: str = REFERENCE, rubric: str = RUBRIC) -> Path:
    own = folder / "course" / "assignments" / "tiny"
    own.mkdir(parents=True)
    (folder / "course" / "reference").mkdir()
    (folder / "course" / "reference" / "__init__.py").write_text("")
    (folder / "course" / "reference" / "layers.py").write_text(reference)
    (own / "rubric.py").write_text(rubric)
    (own / "narrative.md").write_text(NARRATIVE)
    (own / "tiny.ipynb").write_text(notebook(folder / "course", "tiny"))
    return folder / "course"


@pytest.mark.parametrize(
    ("reference", "rubric", "parts"),
    [
        (REFERENCE, RUBRIC, set()),
        (REFERENCE.replace("dout @ w.T", "dout @ w.T / len(dout)"), RUBRIC, {"dx"}),
        (REFERENCE.replace("dout @ w.T", "dout @ w"), RUBRIC, {"dx"}),
        (REFERENCE.replace("x.T @ dout", "2 * x.T @ dout"), RUBRIC, {"dw"}),
        (REFERENCE.replace("x.T @ dout", "-x.T @ dout"), RUBRIC, {"dw"}),
        (REFERENCE, RUBRIC.replace("dx=(x, dx), dw=(w, dw)", "dw=(x, dw), dx=(w, dx)"), {"dx", "dw"}),
    ],
    ids=["right", "1/N", "not transposed", "twice", "sign", "declared for the other input"],
)
def test_every_declared_derivative_is_measured_on_the_reference(
    reference: str, rubric: str, parts: set[str], tmp_path: Path
) -> None:
    assignment = load_assignment(written(tmp_path, reference, rubric), "tiny")
    assert assignment.reference is not None
    session = LocalSession(dict(assignment.reference))

    found = wrong_derivatives(assignment.public, session)

    assert {one.split()[1] for one in found} == parts


def test_verify_says_so(tmp_path: Path) -> None:
    course = written(tmp_path, REFERENCE.replace("x.T @ dout", "2 * x.T @ dout"))
    (verdict,) = verify(course, "tiny").of("reference")
    assert (verdict.wrong, verdict.lost) == ("derivative", 0.0)
    assert "differences of its forward pass: gradient dw (" in hole(verdict)


@pytest.mark.slow
def test_a_child_is_asked_for_more_points_once_all_its_cases_are_done(course: Path, sandbox: Sandbox) -> None:
    assignment = load_assignment(course, "deep_nets")
    assert assignment.reference is not None
    cases = assignment.public_cases(assignment.question("FullyConnectedNet.gradients"))
    load = reference_load(called_names(cases), assignment.reference)

    with sandbox.open(load, LIMITS) as session:
        assert wrong_derivatives(cases, session) == ()
