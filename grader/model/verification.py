"""What verifying a rubric found: the reference, the stub, mistakes, accepted forms and mutants, judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

VariantKind = Literal["reference", "stub", "mistake", "accepted", "mutant"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One variant of the reference, judged by the rubric."""

    kind: VariantKind
    id: str
    question: str
    lost: float
    """Points lost at its own question."""
    killed_by: tuple[str, ...] = ()
    """The checks that failed, as ``kind part``."""
    elsewhere: tuple[str, ...] = ()
    """Other questions that lost points and do not build on this one."""
    named: tuple[str, ...] = ()
    """The mistakes that its answers were taken for."""
    excused: str = ""
    """Why a mutant may survive."""
    wrong: str = ""
    """What is not as it should be; empty when all is."""


@dataclass(frozen=True, slots=True)
class Verification:
    """A rubric, put to the proof."""

    assignment: str
    title: str
    version: str
    verdicts: tuple[Verdict, ...]
    seconds: float = 0.0

    @property
    def holes(self) -> tuple[Verdict, ...]:
        """The verdicts that are not as they should be."""
        return tuple(verdict for verdict in self.verdicts if verdict.wrong)

    def of(self, kind: VariantKind) -> tuple[Verdict, ...]:
        """The verdicts on one kind of variant."""
        return tuple(verdict for verdict in self.verdicts if verdict.kind == kind)
