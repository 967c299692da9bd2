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
from grader.grading.substituted_outcomes import redact_training
from grader.model import Outcome, Plot
from grader.model.reasons import JudgedLater, NoAnswer, TrainedWith
from grader.model.verdicts import judge as verdict_of
from grader.model.verdicts import unjudged, with_upstream
from grader.sandbox import Budget

_PART = "accuracy"


def judge(questions: Sequence[Question], grading: Grading, earlier: Judgements) -> dict[str, Judgement]:
    """Train where the reference is at hand; they share the time that all of them may take."""
    experiments = [question for question in questions if isinstance(question, Experiment)]
    judgements = {q.name: _later(q, grading) for q in questions if q not in experiments}
    budget = budget_of(experiments)
    for question in experiments:
        judgements[question.name] = _judge_one(question, grading, {**earlier, **judgements}, budget)
    return judgements


def check(question: Question, assignment: PublicAssignment, namespace: Mapping[str, object]) -> Judgement:
    """Nothing is trained in a notebook."""
    return Judgement(unjudged(question.points, "awaiting_review", JudgedLater("experiment")))


def _later(question: Question, grading: Grading) -> Judgement:
    """What a laptop can say: there is an answer, or there is none."""
    if is_answered(question, grading.assignment, grading.answers.trees):
        return Judgement(unjudged(question.points, "awaiting_review", JudgedLater("experiment")))
    return Judgement(unjudged(question.points, "not_attempted", NoAnswer()))


def _judge_one(question: Experiment, grading: Grading, judgements: Judgements, budget: Budget) -> Judgement:
    """Train with the student's own parts; with the reference's where some are wrong, or all too slow."""
    assignment = grading.assignment
    if not isinstance(assignment, CourseAssignment):
        return _later(question, grading)
    hyperparameters = read_hyperparameters(question, assignment, grading.answers.trees)
    if isinstance(hyperparameters, Outcome):
        return Judgement(verdict_of(question.points, [hyperparameters]), (hyperparameters,))

    def train_with(replacements: Mapping[str, str]) -> tuple[Outcome, tuple[Plot, ...]]:
        program = grading.load(replacements)
        seed = grading.hidden_seed
        return train(question, assignment, program, hyperparameters, grading.sandbox, budget, seed)

    needed = dependencies.all_needs(question, assignment)
    wrong = dependencies.wrong_needs(question, assignment, judgements)
    own = len(needed) - len(wrong)
    if wrong:
        replacements = replacements_for(question, wrong, assignment, grading.answers.trees)
        if 2 * own >= len(needed) and replacements:  # a net that is mostly ours shows nothing of theirs
            outcome = redact_training(train_with(replacements)[0])
            judgement = _judgement(question, outcome, (), own, needed, tuple(wrong))
            if judgement.verdict.points > 0:
                return judgement
        roots = dependencies.root_causes(wrong, judgements)
        return Judgement(with_upstream(unjudged(question.points, "failed"), roots, trains=True))
    outcome, plots = train_with({})
    if outcome.status != "timeout":
        return _judgement(question, outcome, plots, own, needed, ())
    replacements = replacements_for(question, needed, assignment, grading.answers.trees)
    if replacements:  # all of it right, and too slow to train with
        outcome, plots = redact_training(train_with(replacements)[0]), ()
    return _judgement(question, outcome, plots, own, needed, tuple(needed), slow=True)


def _judgement(
    question: Experiment,
    outcome: Outcome,
    plots: tuple[Plot, ...],
    own: int,
    needed: Sequence[str],
    substitutes: tuple[str, ...],
    *,
    slow: bool = False,
) -> Judgement:
    """The judgement on a training of which ``own`` of the ``needed`` parts are the student's."""
    own_share = own / len(needed) if needed else 1.0  # who builds on no other answer has built all of it
    share = float(outcome.measurements.get("share", 0.0)) * own_share
    points = round(share * question.max_score, 2)
    note = (TrainedWith(", ".join(substitutes), own, len(needed), slow),) if substitutes else ()
    shares = {_PART: points / question.max_score if question.max_score else 0.0}
    verdict = verdict_of(question.points, [outcome], shares, (*note, *outcome.findings))
    return Judgement(verdict, (outcome,), plots, substitutes=substitutes)


KIND = QuestionKind("experiment", judge, check, order=2)
