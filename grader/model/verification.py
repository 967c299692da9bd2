"""What verifying a rubric found: the reference, the stub, mistakes, accepted forms and mutants, judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Hole = Literal[
    "", "loses", "derivative", "earns", "unseen", "elsewhere", "mistaken", "unnamed", "refused", "survives"
]
"""What a rubric gets wrong: the reference loses points, or has a derivative that is not that of its forward
pass (or is declared for another input); the stub earns some; a mistake loses none, or some elsewhere too,
or is taken for another, or has no name; an accepted form loses some, or is taken for a mistake; a mutant
survives."""
VariantKind = Literal["reference", "stub", "mistake", "accepted", "mutant"]


@dataclass(frozen=True, slots=True)
class VariantVerdict:
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
    excused: bool = False
    """A mutant that equals the reference may survive."""
    wrong: Hole = ""
    """What is not as it should be; empty when all is."""


@dataclass(frozen=True, slots=True)
class Verification:
    """A rubric, put to the proof."""

    assignment: str
    title: str
    version: str
    verdicts: tuple[VariantVerdict, ...]
    seconds: float = 0.0

    @property
    def holes(self) -> tuple[VariantVerdict, ...]:
        """The verdicts that are not as they should be."""
        return tuple(verdict for verdict in self.verdicts if verdict.wrong)

    def of(self, kind: VariantKind) -> tuple[VariantVerdict, ...]:
        """The verdicts on one kind of variant."""
        return tuple(verdict for verdict in self.verdicts if verdict.kind == kind)

    @property
    def killed_share(self) -> float:
        """The share of the mutants killed, of those that are not equal to the reference."""
        counted = [verdict for verdict in self.of("mutant") if not verdict.excused]
        return sum(bool(verdict.killed_by) for verdict in counted) / len(counted) if counted else 1.0

    @property
    def sound(self) -> bool:
        """Whether nothing but a few mutants (5 %) is amiss."""
        return all(verdict.kind == "mutant" for verdict in self.holes) and self.killed_share >= 0.95
