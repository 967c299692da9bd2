"""Experiments: a net of the student's own parts is trained with the hyperparameters that they chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.course import CourseAssignment, Experiment, PublicAssignment, Question
from grader.grading import dependencies
from grader.grading.experiment import budget_of, train
from grader.grading.hyperparameters import read_hyperparameters
from grader.grading.judgement import Grading, Judgement, Judgements
from grader.grading.kinds import QuestionKind
from grader.grading.kinds.literal import is_answered
from grader.grading.replacements import replacements as replacements_for
from grader.grading.substituted_outcomes import redacted_training
from grader.model import Outcome, Plot
from grader.model.reasons import JudgedLater, NoAnswer, TrainedWith
from grader.model.verdicts import judge as verdict_of
from grader.model.verdicts import unjudged, with_upstream
from grader.sandbox import Budget

_PART = "accuracy"


def judge(questions: Sequence[Question], grading: Grading, before: Judgements) -> dict[str, Judgement]:
    """Train where the reference is at hand; they share the time that all of them may take."""
    experiments = [question for question in questions if isinstance(question, Experiment)]
    judged = {q.name: _later(q, grading) for q in questions if q not in experiments}
    budget = budget_of(experiments)
    for question in experiments:
        judged[question.name] = _judge_one(question, grading, {**before, **judged}, budget)
    return judged


def check(question: Question, assignment: PublicAssignment, namespace: Mapping[str, object]) -> Judgement:
    """Nothing is trained in a notebook."""
    return Judgement(unjudged(question.points, "awaiting_review", JudgedLater("experiment")))


def _later(question: Question, grading: Grading) -> Judgement:
    """What a laptop can say: there is an answer, or there is none."""
    if is_answered(question, grading.assignment, grading.answers.trees):
        return Judgement(unjudged(question.points, "awaiting_review", JudgedLater("experiment")))
    return Judgement(unjudged(question.points, "not_attempted", NoAnswer()))


def _judge_one(question: Experiment, grading: Grading, judged: Judgements, budget: Budget) -> Judgement:
    assignment = grading.assignment
    if not isinstance(assignment, CourseAssignment):
        return _later(question, grading)
    chosen = read_hyperparameters(question, assignment, grading.answers.trees)
    if isinstance(chosen, Outcome):
        return Judgement(verdict_of(question.points, [chosen]), (chosen,))
    needed = dependencies.transitive(question, assignment)
    wrong = dependencies.wrong(question, assignment, judged)
    own = len(needed) - len(wrong)
    replacements = replacements_for(question, wrong, assignment, grading.answers.trees)
    waiting = Judgement(
        with_upstream(unjudged(question.points, "failed"), dependencies.roots(wrong, judged), trains=True)
    )
    if wrong and (
        2 * own < len(needed) or not replacements
    ):  # a net that is mostly ours shows nothing of theirs
        return waiting
    plots: tuple[Plot, ...] = ()
    slow = False
    if not wrong:
        outcome, plots = train(
            question, assignment, grading.load(), chosen, grading.sandbox, budget, grading.hidden_seed
        )
        slow = outcome.status == "timeout"  # all of it right, and too slow to train with
        if slow:
            replacements = replacements_for(question, needed, assignment, grading.answers.trees)
    if replacements:
        program = grading.load(replacements)
        beside, _ = train(question, assignment, program, chosen, grading.sandbox, budget, grading.hidden_seed)
        outcome, plots = redacted_training(beside), ()
    share = float(outcome.measurements.get("share", 0.0)) * own / (len(needed) or 1)
    points = round(share * question.max_score, 2)
    if points == 0 and wrong:
        return waiting
    substitutes = tuple(needed if slow else wrong)
    beside_ours = (TrainedWith(", ".join(substitutes), own, len(needed), slow),) if substitutes else ()
    verdict = verdict_of(
        question.points,
        [outcome],
        {_PART: points / question.max_score if question.max_score else 0.0},
        (*beside_ours, *outcome.findings),
    )
    return Judgement(verdict, (outcome,), plots, substitutes=substitutes)


KIND = QuestionKind("experiment", judge, check, order=2)
