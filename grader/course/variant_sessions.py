"""Variants of the reference, run in sandboxed children: with deadlines, and bounds of memory.

A mistake or a mutant can take any time and all memory, so none of them runs in the grader's own process. Each
variant is a module of its own beside the reference's. Several are loaded by one child, since loading takes as
long as running: in a case the name of a changed definition stands for that of the variant that is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.course.folder import course_sources
from grader.course.variants import ChangedModule
from grader.model import Case, CaseResult, Chunk, Failure, Load, Module, Ref, Step
from grader.sandbox import ChildSession, Effort, Limits, Sandbox
from grader.source import STOOD_IN_PACKAGES, import_line, imported_packages, parse_module

LIMITS = Limits(cpu=600, session=3600.0)
"""Those of a submission for a case and for memory; a child that runs many variants may take longer in all."""
_BATCH = 32
"""Variants of one child."""
_REFERENCE = "reference"


def called_names(cases: Sequence[Case]) -> frozenset[str]:
    """The names that the cases ask of an implementation."""
    return frozenset(step.name for case in cases for step in case.steps if step.operation == "call")


def is_out_of_memory(result: CaseResult) -> bool:
    """Whether a case ended since there was no more memory."""
    return any(failure.error == "MemoryError" for failure in result.failures.values())


def has_ended(result: CaseResult) -> bool:
    """Whether a case came to an end of its own: in time, within memory, with its process alive."""
    lost = any(failure.kind in ("timeout", "crashed") for failure in result.failures.values())
    return not lost and not is_out_of_memory(result)


class VariantSession:
    """The reference with one definition changed, as a session: in a child that holds other variants too.

    What a variant keeps in NumPy or Python itself reaches the others; the reference's own variants do not do
    that, and a child in which memory ran out is not used again.
    """

    def __init__(self, child: ChildSession, owner: str, number: int) -> None:
        self._child = child
        self._names = {owner: _alias(owner, number)}
        """Name in a case → name in the child."""
        self._labels = {_REFERENCE, _label(number)}
        self._renamed_cases: dict[int, tuple[Case, Case]] = {}
        """By identity; the case itself is held, so that no other can have its identity."""

    @property
    def problems(self) -> list[tuple[str, Failure]]:
        """(label, failure) for what could not be loaded of this variant, or of the reference."""
        return [(label, failure) for label, failure in self._child.problems if label in self._labels]

    @property
    def output(self) -> str:
        """What loading printed, of all variants in the child."""
        return self._child.output

    @property
    def used(self) -> bool:
        """Whether the child has run another batch."""
        return self._child.used

    def renew(self) -> None:
        """Start again with a fresh child."""
        self._child.renew()

    def run(self, cases: Sequence[Case]) -> Iterator[CaseResult]:
        """One result for each case, in order. Memory that ran out is tried again in a fresh child, once."""
        batch = [self._rename(case) for case in cases]
        used = self.used
        results = list(self._child.run(batch))
        if any(map(is_out_of_memory, results)):
            self._child.renew()
            if used:  # another variant may have held what was missing
                results = list(self._child.run(batch))
                self._child.renew()
        yield from results

    def evaluate(self, case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        """``wanted`` at each point."""
        return self._child.evaluate(self._rename(case), wanted, points)

    def effort(self, case: Case, step: int) -> Effort | None:
        """What ``step`` costs."""
        return self._child.effort(self._rename(case), step)

    def _rename(self, case: Case) -> Case:
        if id(case) not in self._renamed_cases:
            steps = tuple(self._rename_step(step) for step in case.steps)
            self._renamed_cases[id(case)] = case, replace(case, steps=steps)
        return self._renamed_cases[id(case)][1]

    def _rename_step(self, step: Step) -> Step:
        return replace(step, name=self._names.get(step.name, step.name)) if step.operation == "call" else step


def reference_load(names: Collection[str], reference: Mapping[str, Any]) -> Load:
    """The reference itself, as far as ``names`` are asked."""
    return _load((), names, reference)


def variant_sessions(
    sandbox: Sandbox,
    changes: Sequence[ChangedModule],
    names: Collection[str],
    reference: Mapping[str, Any],
) -> Iterator[VariantSession]:
    """A session for each of ``changes``, in order; it holds until the next one is asked for.

    ``names`` are those that the cases call, in this definition or beside it.
    """
    for start in range(0, len(changes), _BATCH):
        yield from _sessions(sandbox, changes[start : start + _BATCH], names, reference)


def _sessions(
    sandbox: Sandbox,
    changes: Sequence[ChangedModule],
    names: Collection[str],
    reference: Mapping[str, Any],
) -> Iterator[VariantSession]:
    with sandbox.open(_load(changes, names, reference), LIMITS) as child:
        if child.loaded or len(changes) == 1:
            for number, change in enumerate(changes):
                yield VariantSession(child, change.owner, number)
            return
    for change in changes:  # several of them end the child that loads them: each by itself
        yield from _sessions(sandbox, [change], names, reference)


def _load(changes: Sequence[ChangedModule], names: Collection[str], reference: Mapping[str, Any]) -> Load:
    lines = [import_line(reference[name].__module__, name) for name in sorted(names) if name in reference]
    chunks = [Chunk(_REFERENCE, "\n".join(lines), tuple(range(len(lines))))]
    modules = list(course_sources())
    for number, change in enumerate(changes):
        module = _alias(change.module, number)
        modules.append(Module(module, change.text))
        line = import_line(module, change.owner, _alias(change.owner, number))
        chunks.append(Chunk(_label(number), line, (0,)))
    homes = {reference[name].__module__ for name in names if name in reference}
    return Load(tuple(chunks), tuple(modules), imports=_packages(modules, homes))


def _packages(modules: Sequence[Module], homes: Collection[str]) -> tuple[str, ...]:
    """The packages beside NumPy that the reference's own modules import."""
    there = {module.name.partition(".")[0] for module in modules}
    there |= sys.stdlib_module_names | STOOD_IN_PACKAGES | {"numpy", "grader"}
    trees = [parse_module(module.source).tree for module in modules if module.name in homes]
    names = {name for tree in trees if tree is not None for name in imported_packages(tree)}
    return tuple(sorted(names - there))


def _alias(name: str, number: int) -> str:
    return f"{name}_variant_{number}"


def _label(number: int) -> str:
    return f"variant {number}"
