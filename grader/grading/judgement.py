"""What passes between the stages of grading: what is to be judged, and what it came to."""

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
    """How many cases passed is not told, unless all did."""


Judgements = Mapping[str, Judgement]


@dataclass(slots=True)
class Grading:
    """One submission on its way: what it holds, what it is judged with, and what is noted meanwhile."""

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
            self.assignment.locked,
            self.assignment.provided,
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
"""Judge all questions of one kind, given what the kinds before it came to."""
CheckLive = Callable[[Question, PublicAssignment, Mapping[str, object]], Judgement]
"""Judge one question on the objects of a notebook, by name, and the public cases."""
