"""Verify a rubric: the reference and accepted forms keep all points, all else loses some.

All code is the instructor's own, but a small change of it can take any time and all memory. So it runs in
sandboxed children with the limits of a submission, on the public cases and those of one hidden seed.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from grader.checks import decides, judge_case
from grader.checks.compare import real_array
from grader.course import CourseAssignment, Question, load_assignment, load_reference, load_rubric
from grader.course.variant_sessions import (
    LIMITS,
    VariantSession,
    called_names,
    is_out_of_memory,
    reference_load,
    variant_sessions,
)
from grader.course.variants import Variant, load_pairs, load_variants, with_source, with_variant
from grader.grading import dependencies
from grader.grading.executors import Work, WorkersError
from grader.grading.executors.local import LocalExecutor
from grader.grading.reference_trial import wrong_derivatives
from grader.model import (
    Case,
    CaseResult,
    Chunk,
    Hole,
    Load,
    Outcome,
    VariantVerdict,
    Verification,
    from_json,
    to_json,
)
from grader.model.statuses import PASSING
from grader.model.verdicts import judge as verdict_of
from grader.sandbox import Sandbox, Session
from grader.source import IMPORT_NUMPY, parse_cell
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
_AT_ONCE = 50
"""Of these inputs, those that are asked together: a mutant that differs is known after the first few."""


def verify(course: Path, name: str) -> Verification:
    """Judge the reference, the stub, every known mistake, every accepted form and every mutant."""
    started = time.monotonic()
    with Sandbox() as sandbox:
        verifier = _Verifier(course, name, sandbox)
        verdicts = [
            *verifier.reference(),
            *verifier.stub(),
            *verifier.mistakes(),
            *verifier.accepted_forms(),
            *verifier.mutants(),
        ]
    used = verifier.assignment
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

    def work(task: Any, set_deadline: Callable[[float], None]) -> tuple[bytes, ...]:
        set_deadline(_SECONDS)
        return (to_json(verify(Path(course), str(task))),)

    return work


@dataclass(frozen=True)
class QuestionResult:
    """One question, judged on an implementation."""

    lost: float
    killed_by: tuple[str, ...]


class _Verifier:
    def __init__(self, course: Path, name: str, sandbox: Sandbox) -> None:
        self.course = course
        self.sandbox = sandbox
        self.assignment: CourseAssignment = load_assignment(course, name)
        record, reference = self.assignment.record_hidden, self.assignment.reference
        assert record is not None
        assert reference is not None
        self.implementation = reference
        self.modules = load_reference(course, load_rubric(course, name).reference)
        self.questions = [q for q in self.assignment.questions if q.kind == "code"]
        # Questions taken over from another assignment are verified there.
        self.own_questions = [question for question in self.questions if not question.reused]
        self.cases = [
            _without_unscored_checks(case) for case in (*self.assignment.public, *record(HIDDEN_SEED))
        ]
        self._sample_cache: dict[str, list[Case]] = {}

    def reference(self) -> Iterator[VariantVerdict]:
        """Full marks at every question, and derivatives that are those of its own forward passes."""
        load = reference_load(called_names(self.cases), self.implementation)
        with self.sandbox.open(load, LIMITS) as session:
            for question in self.questions:
                judgement = self.judge(question, session)
                derivatives = wrong_derivatives(self.assignment.public_cases(question), session)
                wrong: Hole = "loses" if judgement.lost else "derivative" if derivatives else ""
                yield VariantVerdict(
                    "reference",
                    "the reference",
                    question.name,
                    judgement.lost,
                    (*judgement.killed_by, *derivatives),
                    wrong=wrong,
                )

    def stub(self) -> Iterator[VariantVerdict]:
        """Nothing at every question: as in grading, in which untouched code is not even run."""
        sources = dict.fromkeys(self.assignment.stubs.get(q.name, "") for q in self.questions)
        chunks = tuple(_chunk(source) for source in (IMPORT_NUMPY, *sources))
        with self.sandbox.open(Load(chunks), LIMITS) as session:
            for question in self.questions:
                judgement = self.judge(question, session)
                wrong: Hole = "" if judgement.lost >= question.max_score else "earns"
                yield VariantVerdict(
                    "stub", "the stub", question.name, judgement.lost, judgement.killed_by, wrong=wrong
                )

    def mistakes(self) -> Iterator[VariantVerdict]:
        """Points lost at its own question and no other, and the name found."""
        for variant, question, session in self._variants("mistakes"):
            yield self.mistake(variant, question, session)

    def mistake(self, variant: Variant, question: Question, session: Session) -> VariantVerdict:
        """The verdict on one known mistake."""
        # The public cases come first: some mistakes keep a state from one call to the next.
        results = list(session.run(self._cases(question)))
        named = self._matching_mistakes(question, results)
        judgement = self._judgement(question, results, session)
        elsewhere = tuple(q.name for q in self._related_questions(question) if self.judge(q, session).lost)
        wrong: Hole = ""
        if not judgement.lost:
            wrong = "unseen"
        elif elsewhere:
            wrong = "elsewhere"
        elif named != (variant.id,):
            wrong = "mistaken" if named else "unnamed"
        return VariantVerdict(
            "mistake",
            variant.id,
            question.name,
            judgement.lost,
            judgement.killed_by,
            elsewhere,
            named,
            wrong=wrong,
        )

    def accepted_forms(self) -> Iterator[VariantVerdict]:
        """No points lost, anywhere, and no mistake's name."""
        for variant, question, session in self._variants("accepted"):
            results = list(session.run(self._cases(question)))
            named = self._matching_mistakes(question, results)
            judgement = self._judgement(question, results, session)
            elsewhere = tuple(
                q.name for q in self._related_questions(question) if self.judge(q, session).lost
            )
            wrong: Hole = "refused" if judgement.lost or elsewhere else "mistaken" if named else ""
            yield VariantVerdict(
                "accepted",
                variant.id,
                question.name,
                judgement.lost,
                judgement.killed_by,
                elsewhere,
                named,
                wrong=wrong,
            )

    def mutants(self) -> Iterator[VariantVerdict]:
        """Every mutant of every definition is killed, or equal to the reference."""
        for definition in dict.fromkeys(question.definition for question in self.own_questions):
            graders = [question for question in self.own_questions if question.definition == definition]
            every = list(mutants(self.assignment.solutions[definition]))
            changes = [with_source(mutant.source, definition, self.modules) for mutant in every]
            names = called_names([case for question in graders for case in self._cases(question)])
            sessions = variant_sessions(self.sandbox, changes, names, self.implementation)
            for mutant, session in zip(every, sessions, strict=True):
                yield self.mutant(mutant, graders, session)

    def mutant(self, mutant: Mutant, graders: Sequence[Question], session: VariantSession) -> VariantVerdict:
        """The verdict on one mutant: of the questions that grade its definition, the first that it fails."""
        for _, failure in session.problems:  # it cannot even be defined
            cause = failure.error or failure.kind
            return VariantVerdict("mutant", mutant.id, graders[0].name, graders[0].max_score, (cause,))
        for question in graders:
            killed = self._first_failure(question, session)
            if killed:
                return VariantVerdict("mutant", mutant.id, question.name, 1.0, (killed,))
        excused = all(self._equal(q, session) for q in graders)
        wrong: Hole = "" if excused else "survives"
        return VariantVerdict("mutant", mutant.id, graders[0].name, 0.0, excused=excused, wrong=wrong)

    def judge(self, question: Question, session: Session) -> QuestionResult:
        """A question's cases on an implementation."""
        return self._judgement(question, list(session.run(self._cases(question))), session)

    def _judgement(
        self, question: Question, results: Sequence[CaseResult], session: Session
    ) -> QuestionResult:
        outcomes = [
            outcome
            for case, result in zip(self._cases(question), results, strict=True)
            for outcome in judge_case(case, result, session.evaluate)
            if outcome.scored
        ]
        failed = dict.fromkeys(f"{o.check} {o.part}" for o in outcomes if o.status not in PASSING)
        return QuestionResult(
            question.max_score - verdict_of(question.points, outcomes).points, tuple(failed)
        )

    def _first_failure(self, question: Question, session: Session) -> str:
        """What the first case that fails was killed by; nothing where all of them pass."""
        for case in self._cases(question):
            (result,) = session.run([case])
            for outcome in judge_case(case, result, session.evaluate):
                if outcome.scored and outcome.status not in PASSING:
                    return _cause(outcome, result)
        return ""

    def _cases(self, question: Question) -> list[Case]:
        """A question's cases: the public ones, then the hidden ones."""
        return [case for case in self.cases if case.question == question.name]

    def _related_questions(self, question: Question) -> list[Question]:
        """Questions that this one's definition could touch, and that do not build on it."""
        owner = question.definition.partition(".")[0]
        return [
            q
            for q in self.questions
            if q is not question
            and question.name not in dependencies.all_needs(q, self.assignment)
            and any(s.name == owner for c in self.cases if c.question == q.name for s in c.steps)
        ]

    def _matching_mistakes(self, question: Question, results: Sequence[CaseResult]) -> tuple[str, ...]:
        """The mistakes that an implementation is taken for, by what it gave in the public cases."""
        cases = self.assignment.public_cases(question)
        public = list(zip(cases, results[: len(cases)], strict=True))
        return tuple(m.id for m in self.assignment.known_answers.matches(question.name, public))

    def _variants(self, kind: Any) -> Iterator[tuple[Variant, Question, Session]]:
        """Each variant of a kind, its question and a session, in the order of the files."""
        by_name = {question.name: question for question in self.own_questions}
        variants = load_variants(self.course, kind)
        pairs = load_pairs(self.course, variants) if kind == "mistakes" else ()
        shown = [
            variant
            for variant in (*variants, *pairs)
            if variant.question in by_name and variant.shows_in(self.assignment.name)
        ]
        for name, group in groupby(shown, key=lambda variant: variant.question):
            question, mine = by_name[name], list(group)
            changes = [with_variant(variant, question.definition, self.modules) for variant in mine]
            asked = [question, *self._related_questions(question)]
            names = called_names([case for each in asked for case in self._cases(each)])
            sessions = variant_sessions(self.sandbox, changes, names, self.implementation)
            for variant, session in zip(mine, sessions, strict=True):
                yield variant, question, session

    def _equal(self, question: Question, session: Session) -> bool:
        """Whether an implementation gives what the reference gives on a thousand inputs of the contract."""
        cases = self._sample_cases(question)
        return all(
            _same(case, result)
            for start in range(0, len(cases), _AT_ONCE)
            for case, result in _run_all(session, cases[start : start + _AT_ONCE])
        )

    def _sample_cases(self, question: Question) -> list[Case]:
        """A thousand cases of a question, made like its public ones; those with large arrays left out."""
        if question.name not in self._sample_cache:
            record = self.assignment.record_public
            assert record is not None
            cases: list[Case] = []
            public = self.assignment.public_cases(question)
            large = {case.rung for case in public if _array_bytes(case) > _LARGE}
            for seed in range(_FIRST_SEED, _FIRST_SEED + _INPUTS):
                cases += map(_without_unscored_checks, record(seed, (question.name,), large))
                if len(cases) >= _INPUTS:
                    break
            self._sample_cache[question.name] = cases
        return self._sample_cache[question.name]


def _run_all(session: Session, cases: Sequence[Case]) -> list[tuple[Case, CaseResult]]:
    """Each case with its result. All of them are run: a session cannot be left in the middle of a batch."""
    return list(zip(cases, session.run(cases), strict=True))


def _chunk(source: str) -> Chunk:
    tree = parse_cell(source).tree
    return Chunk("stub", source, () if tree is None else tuple(range(len(tree.body))))


def _cause(outcome: Outcome, result: CaseResult) -> str:
    """What a mutant was killed by: time, memory, a crash, or else a check of the rubric."""
    if outcome.status == "timeout":
        return "timeout"
    if is_out_of_memory(result):
        return "memory"
    return "crash" if outcome.status == "crashed" else f"{outcome.check} {outcome.part}"


def _array_bytes(case: Case) -> int:
    values = [v for key in case.key for v in (key.values() if isinstance(key, dict) else [key])]
    return sum(int(getattr(value, "nbytes", 0)) for value in (*case.inputs, *values))


def _without_unscored_checks(case: Case) -> Case:
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
