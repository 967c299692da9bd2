"""Whatever is a session can be graded with: child processes, live objects, and results recorded earlier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment
from grader.grading import own_work
from grader.grading.cases import judge_cases
from grader.model import Absent, Case, CaseResult, Chunk, Failure, Load, Ref
from grader.sandbox import LocalSession, Sandbox, Session
from grader.sandbox.effort import Effort

RIGHT = "import numpy as np\n\ndef relu_forward(x):\n    return np.maximum(x, 0), x\n"
WRONG = RIGHT.replace("np.maximum(x, 0)", "np.abs(x)")


class RecordedSession:
    """Replays results that another session gave: no code is run."""

    problems: Sequence[tuple[str, Failure]] = ()
    output = ""
    used = False

    def __init__(self, results: Sequence[CaseResult]) -> None:
        self._results = list(results)

    def renew(self) -> None:
        """Do nothing: a recording does not change."""

    def run(self, cases: Sequence[Case]) -> Iterator[CaseResult]:
        """The recorded results."""
        assert len(cases) == len(self._results)
        yield from self._results

    def evaluate(self, case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        """Nothing: points were not recorded."""
        return [Absent("nothing")] * len(points)

    def effort(self, case: Case, step: int) -> Effort | None:
        """Nothing: effort was not recorded."""
        return None


@pytest.mark.parametrize("source", [RIGHT, WRONG], ids=["right", "wrong"])
def test_a_verdict_does_not_depend_on_where_the_results_come_from(
    source: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    question = assignment.question("relu_forward")
    cases = [case for case in assignment.public if case.question == "relu_forward"]
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    local = LocalSession(namespace)

    with sandbox.open(Load((Chunk("cell 1", source, (0, 1)),))) as child:
        sessions: list[Session] = [local, child, RecordedSession(list(local.run(cases)))]
        verdicts = [
            [(o.check, o.part, o.case, o.status) for o in judge_cases(question, cases, session, assignment)]
            for session in sessions
        ]

    assert verdicts[0] == verdicts[1] == verdicts[2]


def test_what_a_recording_does_not_hold_is_no_evidence(assignment: CourseAssignment) -> None:
    question = assignment.question("affine_backward")
    cases = [case for case in assignment.public if case.question == "affine_backward"]
    empty = CaseResult(tuple(np.zeros(1) for _ in cases[0].keep))

    session: Session = RecordedSession([empty] * len(cases))

    assert own_work.suspected_numerical_differentiation(question, cases, session) is None
