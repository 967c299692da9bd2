"""The records that the stages of grading pass on: the submission with its assignment, and judgements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.course import PublicAssignment, Question
from grader.grading.answers import Answer, Answers
from grader.intake import load_of
from grader.model import Case, Finding, Load, Outcome, Plot, Submission
from grader.model.verdicts import Verdict
from grader.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question, judged: its verdict, and all that it was made from."""

    verdict: Verdict
    outcomes: tuple[Outcome, ...] = ()
    plots: tuple[Plot, ...] = ()
    output: str = ""
    substitutes: tuple[str, ...] = ()
    """Answers that were replaced by right ones so that this one could be judged."""
    counts_withheld: bool = False
    """The report holds no number of passed cases, unless all passed."""


Judgements = Mapping[str, Judgement]


@dataclass(slots=True)
class Grading:
    """What the stages of grading one submission share, and the notes that they add for its report."""

    submission: Submission
    assignment: PublicAssignment
    sandbox: Sandbox
    answers: Answers
    hidden: Sequence[Case] = ()
    hidden_seed: int = 0
    notes: list[Finding] = field(default_factory=list)

    def answer(self, question: Question) -> Answer:
        """What is known of the answer to a question."""
        return self.answers.by_question[question.name]

    def load(self, replacements: Mapping[str, str] | None = None) -> Load:
        """The submission as a program; ``replacements`` stand for its own definitions of these names."""
        return load_of(
            self.submission,
            self.assignment.roots,
            self.assignment.locked_cells,
            self.assignment.provided_names,
            replacements,
            self.assignment.imports,
        )

    def cases(self, question: Question) -> list[Case]:
        """Public and hidden cases of a question."""
        return [*self.assignment.public_cases(question), *self.hidden_cases(question)]

    def hidden_cases(self, question: Question) -> list[Case]:
        """The hidden cases of a question."""
        return [case for case in self.hidden if case.question == question.name]


JudgeAll = Callable[[Sequence[Question], Grading, Judgements], dict[str, Judgement]]
"""Judge all questions of one kind, given the judgements of the kinds before it."""
CheckLive = Callable[[Question, PublicAssignment, Mapping[str, object]], Judgement]
"""Judge one question on the objects of a notebook, by name, and the public cases."""
