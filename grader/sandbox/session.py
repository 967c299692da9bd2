"""What can run cases: an implementation in a child process, in this process, or in a recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from grader.model import Absent, Case, CaseResult, Failure, Ref
from grader.sandbox.effort import Effort


class Session(Protocol):
    """An implementation that cases are run on. Nothing that it answers is a verdict."""

    @property
    def problems(self) -> Sequence[tuple[str, Failure]]:
        """(cell, failure) for what could not be loaded."""

    @property
    def output(self) -> str:
        """What loading printed."""

    @property
    def used(self) -> bool:
        """Whether code of an earlier batch could affect the next one."""

    def renew(self) -> None:
        """Undo what earlier batches may have left behind, where that is possible."""

    def run(self, cases: Sequence[Case]) -> Iterator[CaseResult]:
        """One result for each case of a batch, in order."""

    def evaluate(self, case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        """``wanted`` at each point: an array, a scalar, or Absent where the implementation failed."""

    def effort(self, case: Case, step: int) -> Effort | None:
        """What ``step`` costs; None where the implementation failed."""


def result_without_values(case: Case, failure: Failure) -> CaseResult:
    """The result of a case that gave nothing: each of its steps failed in the same way."""
    return CaseResult(
        tuple(Absent("nothing") for _ in case.keep), dict.fromkeys(range(len(case.steps)), failure)
    )
