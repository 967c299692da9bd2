"""Points that attacks get, from us and in a notebook that checks its answers: for ``benchmarks.evidence``."""

from __future__ import annotations

import numpy as np

from grader.model import Case, Chunk, Input, Load, Ref, Step
from grader.sandbox import Limits, Sandbox
from grader.source import parse_cell
from tests.attacks.corpus import TARGET, attacks
from tests.attacks.worker import judge

_VERDICT = "cell_after_the_answer"
_CELL = f"""
def {_VERDICT}(x):
    out, _ = {TARGET}(np.linspace(-0.5, 0.5, num=12).reshape(3, 4))
    due = [[0, 0, 0, 0], [0, 0, 0.04545455, 0.13636364], [0.22727273, 0.31818182, 0.40909091, 0.5]]
    assert np.allclose(out, due)
    return 1.0
"""
"""The course's input and numbers, asserted as the guides of nbgrader and otter-grader do it."""
_GIVEN = "import numpy as np\n"
_STEP = Step("call", _VERDICT, None, (Input(0),))
_ASKED = Case("", "", 0, False, 7, (np.zeros(1),), ("x",), (_STEP,), (Ref(0),), (), (), deadline=5.0)


def forged_here() -> tuple[list[str], list[str], list[str]]:
    """The attacks, those that got a point, those that cost a right answer beside them its points."""
    tried, forged, harmed = [], [], []
    for attack in attacks():
        found = judge({"attack": attack.name, "level": "sealed"})["questions"]
        tried.append(attack.name)
        if found[attack.target][1] > 0:
            forged.append(attack.name)
        if any(found[name][1] < found[name][2] for name in attack.others):
            harmed.append(attack.name)
    return tried, forged, harmed


def forged_in_a_notebook() -> tuple[list[str], list[str], list[str]]:
    """The same with a cell that checks the answer after it, in its process, as notebook graders do.

    The attacks on what a grader believes, those that pass that cell with their wrong answer, and those that
    end the process or never come back. All runs in a sealed child: only the verdict is the notebook's.
    """
    tried, forged, ended = [], [], []
    with Sandbox(Limits(load=5.0, case=5.0)) as sandbox:
        for attack in attacks():
            if not attack.name.startswith("forgery/") or attack.target != TARGET:
                continue
            tried.append(attack.name)
            with sandbox.open(_load(_GIVEN + attack.source, _CELL)) as session:
                (result,) = session.run([_ASKED])
                lost = [failure for _, failure in session.problems if failure.kind in ("crashed", "timeout")]
            failure = result.failures.get(0)
            if failure is None and np.array_equal(result.values[0], 1.0):
                forged.append(attack.name)
            elif lost or (failure is not None and _ends_the_run(failure.kind, failure.error)):
                ended.append(attack.name)
    return tried, forged, ended


def _ends_the_run(kind: str, error: str) -> bool:
    return kind in ("crashed", "timeout") or error in ("SystemExit", "KeyboardInterrupt")


def _load(*cells: str) -> Load:
    chunks = []
    for number, text in enumerate(cells, start=1):
        tree = parse_cell(text).tree
        assert tree is not None
        chunks.append(Chunk(f"cell {number}", text, tuple(range(len(tree.body)))))
    return Load(tuple(chunks), ())
