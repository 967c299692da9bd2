"""A verification as a page: what kills what, and which check kills nothing that another does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.messages import hole
from grader.model import VariantVerdict, Verification
from grader.reporting.pages.page import page


@dataclass(frozen=True, slots=True)
class Grid:
    """One question: its known mistakes, and the checks that kill them."""

    question: str
    checks: tuple[str, ...]
    rows: tuple[tuple[VariantVerdict, tuple[bool, ...]], ...]
    kills: tuple[int, ...]
    alone: tuple[int, ...]
    """By check: the mistakes that no other check kills."""
    killed: int
    mutants: int
    excused: int

    @property
    def idle(self) -> tuple[str, ...]:
        """Checks without which every mistake would still be caught."""
        return tuple(check for check, count in zip(self.checks, self.alone, strict=True) if not count)


def verification_page(verification: Verification) -> str:
    """The instructor's page of a verified rubric."""
    questions = list(dict.fromkeys(verdict.question for verdict in verification.verdicts))
    return page(
        "verification.html",
        verification=verification,
        holes=[(verdict, hole(verdict)) for verdict in verification.holes],
        grids=[grid(question, verification) for question in questions],
        mutants=verification.of("mutant"),
        mistakes=verification.of("mistake"),
        accepted=verification.of("accepted"),
    )


def grid(question: str, verification: Verification) -> Grid:
    """What kills what at one question."""
    mistakes = [verdict for verdict in verification.of("mistake") if verdict.question == question]
    checks = tuple(dict.fromkeys(check for verdict in mistakes for check in verdict.killed_by))
    mutants = [verdict for verdict in verification.of("mutant") if verdict.question == question]
    return Grid(
        question,
        checks,
        tuple((verdict, tuple(check in verdict.killed_by for check in checks)) for verdict in mistakes),
        tuple(sum(check in verdict.killed_by for verdict in mistakes) for check in checks),
        tuple(_alone(check, mistakes) for check in checks),
        sum(bool(verdict.killed_by) for verdict in mutants),
        len(mutants),
        sum(bool(verdict.excused) for verdict in mutants),
    )


def _alone(check: str, mistakes: Sequence[VariantVerdict]) -> int:
    return sum(verdict.killed_by == (check,) for verdict in mistakes)
