"""A submission that tries to carry a hidden input out, run in the sandbox and looked at in every format.

Each is graded on hidden cases that differ in one number only, which its code does see. What it hands out
must be the same, to the last byte: then no number is in it, however it were spelled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks.unchanged import unchanged
from grader.checks.values import values
from grader.course import CourseAssignment
from grader.course.recorder import record
from grader.grading import grade
from grader.intake import read_submission
from grader.model import Case, Check, Report, Times, to_json
from grader.reporting import class_page, grades_csv, junit_xml, step_summary, student_page, terminal_text
from grader.sandbox import Sandbox
from tests.reporting.reports import everything

NUMBERS = (987654.321, 123455.789)
FORMATS: dict[str, Callable[[Report], str]] = {
    "student's page": student_page,
    "class page": lambda report: class_page([report], run={}),
    "csv": lambda report: grades_csv([report]),
    "junit": junit_xml,
    "summary": step_summary,
    "terminal": lambda report: terminal_text(report, page=None),
    "json": lambda report: to_json(replace(report, times=Times())).decode("utf-8"),
}
CHANNELS = {
    "print": "print(s)",
    "stderr": "import sys; sys.stderr.write(str(s))",
    "warning": "import warnings; warnings.warn(str(s))",
    "text of an exception": "raise ValueError(str(s))",
    "notes of an exception": "e = ValueError(); e.add_note(str(s)); raise e",
    "type of an exception": "raise type('E' + str(s).replace('.', '_'), (Exception,), {})",
    "text of a missing name": "raise NameError('name %r is not defined' % str(s))",
    "label of a source": "exec(compile('raise ValueError', str(s), 'exec'))",
    "label like a cell's": "exec(compile('raise ValueError', 'cell %d' % s, 'exec'))",
    "line of a source": "exec(compile('\\n' * (int(s) % 2000) + 'raise ValueError', __name__, 'exec'))",
    "line of a known source": "exec(compile('\\n' * (int(s) % 9) + 'raise ValueError', 'leak.py', 'exec'))",
    "depth of a recursion": "f = lambda n: f(n - 1) if n else 1 / 0; f(int(s) % 500)",
    "factor": "return (x.reshape(len(x), -1) @ w + b) * s, None",
    "size of an error that passes": "return (x.reshape(len(x), -1) @ w + b) * (1 + s * 1e-15), None",
    "wrong row": "out = x.reshape(len(x), -1) @ w + b; out[int(s) % 2 + 1] += 1e7; return out, None",
    "wrong entry": "out = x.reshape(len(x), -1) @ w + b; out.flat[int(s) % 8 + 4] += 1e7; return out, None",
    "shape": "return np.zeros((int(s) % 999 + 1, 2)), None",
    "number": "return s, None",
    "text": "return str(s), None",
    "keys": "return {str(s): 0}, None",
    "items": "return (0,) * (int(s) % 99)",
    "name of a type": "return type('T' + str(s), (), {})(), None",
    "one result": "return type('T' + str(s), (), {})()",
    "argument": "b[...] = s; x[...] = s; return x.reshape(len(x), -1) @ w + b, None",
    "exit code": "import os; os._exit(int(s) % 200)",
    "memory": "globals()['kept'] = s",
}
LATER = """
def relu_forward(x):
    try:
        kept
    except NameError:
        return np.maximum(x, 0), x
    print(kept)
    raise ValueError(kept)
"""
"""Of another question: what the first one left behind would come out in its public cases."""


def submission(line: str) -> str:
    body = f"    s = float(x.ravel()[0])\n    {line}\n    return x.reshape(len(x), -1) @ w + b, (x, w, b)\n"
    return f"import numpy as np\n\n\ndef affine_forward(x, w, b):\n{body}\n{LATER}"


def cases(assignment: CourseAssignment, number: float) -> list[Case]:
    """Hidden cases of two questions, which begin with ``number``."""
    x, w, b = np.arange(6.0).reshape(3, 2) + 1, np.arange(8.0).reshape(2, 4) - 3, np.arange(4.0)
    x[0, 0] = number

    def affine(impl: Any) -> list[Check]:
        out, _ = impl.affine_forward(x, w, b)
        return [values(out=out), unchanged("x", "w", "b", out=out)]

    def relu(impl: Any) -> list[Check]:
        out, _ = impl.relu_forward(x)
        return [values(out=out), unchanged("x", out=out)]

    assert assignment.reference is not None
    return [
        record(assignment.reference, author, question=name, label="N = 3", rung=rung, hidden=True, seed=1)
        for name, author in (("affine_forward", affine), ("relu_forward", relu))
        for rung in (1, 2)
    ]


@pytest.mark.parametrize("channel", CHANNELS)
def test_two_hidden_inputs_give_the_same_pages(
    channel: str, assignment: CourseAssignment, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "leak.py"
    path.write_text(submission(CHANNELS[channel]), "utf-8")
    read = read_submission(path, assignment.roots)
    reports = [
        grade(
            read,
            assignment,
            sandbox,
            hidden=cases(assignment, number),
            only=("affine_forward", "relu_forward"),
        )
        for number in NUMBERS
    ]
    one, other = (replace(report, times=Times("2026", i)) for i, report in enumerate(reports))
    assert sum(o.hidden and o.status != "grader_fault" for q in one.questions for o in q.outcomes) == 8
    for name, made in FORMATS.items():
        assert made(one) == made(other), name
        assert "987654" not in made(one), name


def test_where_hidden_cases_ran_no_time_is_told() -> None:
    """Code that knows a hidden case could sleep for as many milliseconds as it wants to tell."""
    slow, fast = (replace(everything(), hidden_cases=True, times=Times("2026", t)) for t in (4.856, 9.123))
    for name, made in FORMATS.items():
        assert made(slow) == made(fast), name
    assert "in 4.9 s" in student_page(replace(slow, hidden_cases=False))
