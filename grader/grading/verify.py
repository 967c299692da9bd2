"""Put a rubric to the proof: it must catch what it should, and accept what it should.

Everything that is run here is the instructor's own: the reference, and small changes of it. So it runs in
this process, without the sandbox, on the public cases and those of one hidden seed.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from grader.checks import decides, judge_case
from grader.checks.compare import real_array
from grader.checks.fingerprints import fingerprint
from grader.course import Assignment, Question, load_assignment
from grader.course.folder import load_reference, load_rubric
from grader.course.variants import Variant, implementation, load_pairs, load_variants, namespace_of
from grader.grading import dependencies
from grader.grading.executors import Work, WorkersError
from grader.grading.executors.local import LocalExecutor
from grader.grading.score import PASSING, score
from grader.model import Case, CaseResult, Outcome, Verdict, Verification, from_json, to_json
from grader.sandbox import LocalSession
from grader.source.mutants import Mutant, mutants

HIDDEN_SEED = 1
_SECONDS = 3600.0
"""Of wall time, after which verifying one assignment has stalled: it takes minutes."""
_INPUTS = 1_000
"""Inputs of the contract on which a surviving mutant must equal the reference to be excused."""
_EQUAL = 1e-12
_FIRST_SEED = 1_000
_LARGE = 100_000
"""Bytes of a case beyond which it is left out of the thousand: weights at full size would take minutes."""

Namespace = Mapping[str, Any]


def verify(course: Path, name: str) -> Verification:
    """Judge the reference, the stub, every known mistake, every accepted form and every mutant."""
    started = time.monotonic()
    proof = _Proof(course, name)
    verdicts = [*proof.reference(), *proof.stub(), *proof.mistakes(), *proof.accepted(), *proof.mutants()]
    used = proof.assignment
    seconds = round(time.monotonic() - started, 1)
    return Verification(used.name, used.title, used.version, tuple(verdicts), seconds)


def verify_all(course: Path, names: Sequence[str]) -> Iterator[Verification]:
    """The verifications of several assignments, in their order, on as many processors as there are."""
    if len(names) == 1:
        yield verify(course, names[0])
        return
    verifications: dict[str, Verification] = {}
    waiting = deque(names)
    with LocalExecutor(os.cpu_count() or 1, __name__, str(course)) as executor:
        for name, parts in ((finished.task, finished.parts) for finished in executor.run(names)):
            if parts is None:
                raise WorkersError(f"the process that verified `{name}` ended before it was done")
            verifications[name] = from_json(parts[0], Verification)
            while waiting and waiting[0] in verifications:
                yield verifications[waiting.popleft()]


def prepare(course: str) -> Work:
    """What a worker does that verifies one assignment after another."""

    def work(task: Any, may_take: Callable[[float], None]) -> tuple[bytes, ...]:
        may_take(_SECONDS)
        return (to_json(verify(Path(course), str(task))),)

    return work


@dataclass(frozen=True)
class Judged:
    """One question, judged on a namespace."""

    lost: float
    killed_by: tuple[str, ...]


class _Proof:
    def __init__(self, course: Path, name: str) -> None:
        self.course = course
        self.assignment: Assignment = load_assignment(course, name)
        record, reference = self.assignment.record_hidden, self.assignment.reference
        assert record is not None
        assert reference is not None
        self.namespace: Namespace = reference
        self.modules = load_reference(course, load_rubric(course, name).reference)
        self.questions = [q for q in self.assignment.questions if q.kind == "code"]
        # What was taken over is put to the proof where it comes from.
        self.own = [question for question in self.questions if not question.reused]
        self.cases = [_scored(case) for case in (*self.assignment.public, *record(HIDDEN_SEED))]
        self._more: dict[str, list[Case]] = {}

    def reference(self) -> Iterator[Verdict]:
        """Full marks at every question."""
        for question in self.questions:
            judgement = self.judge(question, self.namespace)
            wrong = "the reference itself loses points" if judgement.lost else ""
            yield Verdict(
                "reference", "the reference", question.name, judgement.lost, judgement.killed_by, wrong=wrong
            )

    def stub(self) -> Iterator[Verdict]:
        """Nothing at every question: as in grading, in which untouched code is not even run."""
        namespace: dict[str, Any] = {"np": np}
        for source in dict.fromkeys(self.assignment.stubs.get(q.name, "") for q in self.questions):
            exec(compile(source, "<stub>", "exec"), namespace)
        for question in self.questions:
            judgement = self.judge(question, namespace)
            wrong = "" if judgement.lost >= question.max_score else "the untouched stub earns points"
            yield Verdict("stub", "the stub", question.name, judgement.lost, judgement.killed_by, wrong=wrong)

    def mistakes(self) -> Iterator[Verdict]:
        """Points lost at its own question and no other, and the name found."""
        for variant, question in self._variants("mistakes"):
            yield self.mistake(variant, question)

    def mistake(self, variant: Variant, question: Question) -> Verdict:
        """The verdict on one known mistake."""
        namespace = implementation(variant, question.definition, self.modules, self.namespace)
        judgement = self.judge(question, namespace)
        elsewhere = tuple(q.name for q in self._beside(question) if self.judge(q, namespace).lost)
        # Made afresh: some mistakes keep a state from one call to the next.
        fresh = implementation(variant, question.definition, self.modules, self.namespace)
        named = self._named(question, fresh)
        wrong = ""
        if not judgement.lost:
            wrong = "it loses no points"
        elif elsewhere:
            wrong = f"it loses points at {', '.join(elsewhere)} too"
        elif named != (variant.id,):
            wrong = f"it is taken for {', '.join(named)}" if named else "it is not named"
        return Verdict(
            "mistake",
            variant.id,
            question.name,
            judgement.lost,
            judgement.killed_by,
            elsewhere,
            named,
            wrong=wrong,
        )

    def accepted(self) -> Iterator[Verdict]:
        """No points lost, anywhere."""
        for variant, question in self._variants("accepted"):
            namespace = implementation(variant, question.definition, self.modules, self.namespace)
            judgement = self.judge(question, namespace)
            elsewhere = tuple(q.name for q in self._beside(question) if self.judge(q, namespace).lost)
            wrong = "an accepted form loses points" if judgement.lost or elsewhere else ""
            yield Verdict(
                "accepted",
                variant.id,
                question.name,
                judgement.lost,
                judgement.killed_by,
                elsewhere,
                wrong=wrong,
            )

    def mutants(self) -> Iterator[Verdict]:
        """Every mutant of every definition is killed, or equal to the reference."""
        for definition in dict.fromkeys(question.definition for question in self.own):
            graders = [question for question in self.own if question.definition == definition]
            for mutant in mutants(self.assignment.solutions[definition]):
                yield self.mutant(mutant, definition, graders)

    def mutant(self, mutant: Mutant, definition: str, graders: Sequence[Question]) -> Verdict:
        """The verdict on one mutant: of the questions that grade its definition, the first that it fails."""
        try:
            namespace = namespace_of(mutant.source, definition, self.modules, self.namespace)
        except Exception as error:  # a mutant that cannot even be defined
            return Verdict(
                "mutant", mutant.id, graders[0].name, graders[0].max_score, (type(error).__name__,)
            )
        for question in graders:
            killed = self._first_failure(question, namespace)
            if killed:
                return Verdict("mutant", mutant.id, question.name, 1.0, (killed,))
        excused = "equal to the reference" if all(self._equal(q, namespace) for q in graders) else ""
        wrong = "" if excused else "it survives, and is not equal to the reference"
        return Verdict("mutant", mutant.id, graders[0].name, 0.0, excused=excused, wrong=wrong)

    def judge(self, question: Question, namespace: Namespace) -> Judged:
        """A question's cases on a namespace."""
        outcomes = [o for outcomes in self._outcomes(question, namespace) for o in outcomes if o.scored]
        failed = dict.fromkeys(f"{o.check} {o.part}" for o in outcomes if o.status not in PASSING)
        return Judged(question.max_score - score(question, outcomes).points, tuple(failed))

    def _first_failure(self, question: Question, namespace: Namespace) -> str:
        for outcomes in self._outcomes(question, namespace):
            for outcome in outcomes:
                if outcome.scored and outcome.status not in PASSING:
                    return f"{outcome.check} {outcome.part}"
        return ""

    def _outcomes(self, question: Question, namespace: Namespace) -> Iterator[list[Outcome]]:
        session = LocalSession(namespace)
        cases = [case for case in self.cases if case.question == question.name]
        for case, result in zip(cases, session.run(cases), strict=True):
            yield judge_case(case, result, session.evaluate)

    def _beside(self, question: Question) -> list[Question]:
        """Questions that this one's definition could touch, and that do not build on it."""
        owner = question.definition.partition(".")[0]
        return [
            q
            for q in self.questions
            if q is not question
            and question.name not in dependencies.transitive(q, self.assignment)
            and any(s.name == owner for c in self.cases if c.question == q.name for s in c.steps)
        ]

    def _named(self, question: Question, namespace: Namespace) -> tuple[str, ...]:
        cases = [case for case in self.assignment.public if case.question == question.name]
        mark = fingerprint(zip(cases, LocalSession(namespace).run(cases), strict=True))
        return tuple(m.id for m in self.assignment.known.named(question.name, mark.words, mark.numbers))

    def _variants(self, kind: Any) -> Iterator[tuple[Variant, Question]]:
        by_name = {question.name: question for question in self.own}
        variants = load_variants(self.course, kind)
        for variant in (*variants, *(load_pairs(self.course, variants) if kind == "mistakes" else ())):
            if variant.question in by_name and variant.shows_in(self.assignment.name):
                yield variant, by_name[variant.question]

    def _equal(self, question: Question, namespace: Namespace) -> bool:
        """Whether an implementation gives what the reference gives on a thousand inputs of the contract."""
        cases = self._many(question)
        results = LocalSession(namespace).run(cases)
        return all(_same(case, result) for case, result in zip(cases, results, strict=True))

    def _many(self, question: Question) -> list[Case]:
        """A thousand cases of a question, made like its public ones; those with large arrays left out."""
        if question.name not in self._more:
            record = self.assignment.record_public
            assert record is not None
            cases: list[Case] = []
            own = [case for case in self.assignment.public if case.question == question.name]
            large = {case.rung for case in own if _bytes(case) > _LARGE}
            for seed in range(_FIRST_SEED, _FIRST_SEED + _INPUTS):
                cases += map(_scored, record(seed, (question.name,), large))
                if len(cases) >= _INPUTS:
                    break
            self._more[question.name] = cases
        return self._more[question.name]


def _bytes(case: Case) -> int:
    values = [v for key in case.key for v in (key.values() if isinstance(key, dict) else [key])]
    return sum(int(getattr(value, "nbytes", 0)) for value in (*case.inputs, *values))


def _scored(case: Case) -> Case:
    """A case without the checks that decide no points: they would only take time."""
    return replace(case, checks=tuple(check for check in case.checks if decides(check)))


def _same(case: Case, result: CaseResult) -> bool:
    if result.failures:
        return False
    for value, expected in zip(result.values, case.key, strict=True):
        if isinstance(expected, dict):
            if not isinstance(value, dict) or set(value) != set(expected):
                return False
            pairs = [(value[name], expected[name]) for name in expected]
        else:
            pairs = [(value, expected)]
        if not all(_near(*pair) for pair in pairs):
            return False
    return True


def _near(value: Any, expected: Any) -> bool:
    one, other = real_array(value), real_array(expected)
    if one is None or other is None:
        return bool(value is expected or type(value) is type(expected))
    if one.shape != other.shape:
        return False
    scale = float(np.max(np.abs(other))) if other.size else 0.0
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(one - other) <= _EQUAL * (scale or 1.0)))
