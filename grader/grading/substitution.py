"""Points are lost once: an answer that builds on wrong ones is judged again with right ones in their place.

| first run      | upstream | second run, upstream replaced      | verdict                                  |
|----------------|----------|------------------------------------|------------------------------------------|
| settled        | any      | –                                  | first                                    |
| wrong          | right    | –                                  | first                                    |
| wrong          | wrong    | impossible: no reference here      | first, if it earned points; else waiting |
| wrong          | wrong    | its own cell does not load         | first                                    |
| not attempted  | wrong    | not attempted either               | first                                    |
| wrong          | wrong    | earned more                        | second                                   |
| earned points  | wrong    | earned no more                     | first                                    |
| earned nothing | wrong    | all replaced, and wrong values     | second: it is wrong by itself            |
| earned nothing | wrong    | anything else                      | waiting                                  |

Before all that is said of the second run: a backward pass whose own forward pass is a constant multiple of
the right one is judged by that one, if this earns more (see ``own_forward``).

A known mistake that the first run names is named only where the second names it too: beside a wrong answer,
what is given may be that one's fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.course import PublicAssignment, Question
from grader.diagnosis import mistakes_named
from grader.grading import dependencies, own_work
from grader.grading.cases import judge_cases
from grader.grading.judgement import Grading, Judgement, Judgements, without_names
from grader.grading.own_forward import judge_by_own_forward
from grader.grading.replacements import partners
from grader.grading.replacements import replacements as replacements_for
from grader.grading.substituted_outcomes import redact_outcomes
from grader.model.reasons import JudgedWith, MoreLater, NotDefined, OutOfTime
from grader.model.verdicts import Verdict, unjudged, with_upstream
from grader.model.verdicts import judge as verdict_of
from grader.sandbox import Budget

_FINAL = frozenset({"passed", "grader_fault"})


@dataclass(frozen=True, slots=True)
class _SecondRun:
    """What came of an answer beside right ones."""

    judgement: Judgement
    gave_values: bool
    """It failed by what it gave, and not by giving nothing."""
    loads: bool
    out_of_time: bool


def substitute(
    question: Question, first: Judgement | None, grading: Grading, judgements: Judgements, budget: Budget
) -> Judgement:
    """The judgement that counts: see the table above. ``first`` is None where it was not run at all."""
    if first is not None and first.verdict.status in _FINAL:
        return first
    wrong = dependencies.wrong_needs(question, grading.assignment, judgements)
    if first is not None and not wrong:
        return first
    roots = dependencies.root_causes(wrong, judgements)
    replacements = replacements_for(question, wrong, grading.assignment, grading.answers.trees)
    if not replacements:
        return _waiting(question, _named_truly(question, first, wrong, grading.assignment), roots)
    names = tuple(n for n in wrong if grading.assignment.question(n).definition in replacements)
    second = _run_again(question, replacements, names, grading, budget)
    first = _named_truly(question, first, wrong, grading.assignment, second)
    if second.out_of_time:
        if first is not None and first.verdict.points > 0:
            return first
        return Judgement(unjudged(question.points, "timeout", OutOfTime(budget.seconds)))
    if first is not None and not second.loads:
        return first
    if first is not None and first.verdict.status == second.judgement.verdict.status == "not_attempted":
        return first
    if first is None or second.judgement.verdict.points > first.verdict.points:
        best = second.judgement
    else:
        best = first
    if best.verdict.status != "passed":
        own = _by_own_forward(question, wrong, grading, budget)
        if own is not None and own.verdict.points > best.verdict.points:
            return own
    if best.verdict.points == 0:
        if not (names == tuple(wrong) and second.gave_values):
            return _waiting(question, None, roots)
        best = second.judgement
    return _with_notice(best) if best.substitutes else best


def _named_truly(
    question: Question,
    first: Judgement | None,
    wrong: Sequence[str],
    assignment: PublicAssignment,
    second: _SecondRun | None = None,
) -> Judgement | None:
    """The first judgement, naming only what the run beside right answers names as well.

    Beside a wrong answer what is given may be that one's fault, and have a known mistake's values by chance.
    A need that is the same function as the answer does not count: its fault is the answer's own.
    """
    if first is None or not dependencies.others(question, wrong, assignment):
        return first
    confirmed = mistakes_named(second.judgement.outcomes) if second is not None else set()
    return without_names(question, first, confirmed)


def _by_own_forward(
    question: Question, wrong: Sequence[str], grading: Grading, budget: Budget
) -> Judgement | None:
    """The judgement beside the wrong forward pass that the answer shares a cache with, if there is one."""
    definitions = {grading.assignment.question(name).definition for name in wrong}
    forward = sorted(definitions & partners(question.definition, grading.assignment))
    return judge_by_own_forward(question, forward, grading, budget) if forward else None


def _waiting(question: Question, first: Judgement | None, roots: Sequence[str]) -> Judgement:
    """The first judgement, if it earned anything, with what is to be mended first; else one that waits."""
    if first is not None and first.verdict.points > 0:
        return replace(first, verdict=with_upstream(first.verdict, roots))
    return Judgement(with_upstream(unjudged(question.points, "failed"), roots))


def _run_again(
    question: Question,
    replacements: dict[str, str],
    names: tuple[str, ...],
    grading: Grading,
    budget: Budget,
) -> _SecondRun:
    """Judge an answer in a fresh child with ``replacements``, right definitions by name, beside it."""
    load = grading.load(replacements)
    with grading.sandbox.open(load, budget=budget, account=question.name) as session:
        outcomes = judge_cases(question, grading.cases(question), session, grading.assignment)
        if any(outcome.status == "passed" for outcome in outcomes):
            public = grading.assignment.public_cases(question)
            suspicion = own_work.suspected_numerical_differentiation(question, public, session, numbers=False)
            outcomes += [suspicion] if suspicion else []
    whole = verdict_of(question.points, outcomes)
    redacted = redact_outcomes(question, outcomes)
    verdict = verdict_of(question.points, redacted)
    judgement = Judgement(verdict, tuple(redacted), substitutes=names, counts_withheld=True)
    loads = not any(isinstance(f, NotDefined) for o in outcomes for f in o.findings)
    out_of_time = whole.status == "timeout" and budget.left(question.name) <= 0
    return _SecondRun(judgement, whole.status == "failed", loads, out_of_time)


def _with_notice(judgement: Judgement) -> Judgement:
    """A judgement whose findings say what stood beside the answer, and that more is told later."""
    verdict: Verdict = judgement.verdict
    more = () if verdict.status == "passed" else (MoreLater(),)
    findings = (JudgedWith(", ".join(judgement.substitutes)), *verdict.findings, *more)
    return replace(judgement, verdict=replace(verdict, findings=findings))
