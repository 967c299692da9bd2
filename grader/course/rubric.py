"""What a rubric is written with: one short paragraph of Python a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from grader.course.training import Training
from grader.model import Check, QuestionKind

Limit = tuple[float, float] | tuple[str, ...]
"""From a number to a number, or the words to choose from."""
Trainings = dict[str, Training]
"""Runs by name; the only one has the empty name."""
Author = Callable[..., list[Check]]
"""``author(impl, draw, *rung)``: calls the implementation, returns the checks of what came back."""


@dataclass(frozen=True, slots=True)
class CaseFamily:
    """One author's function on a ladder of sizes, from the smallest to full size."""

    author: Author
    ladder: tuple[tuple[Any, ...], ...]
    hidden: bool = True


@dataclass(slots=True)
class Question:
    """A question and what it grades. ``points`` by part: each output earns its own."""

    name: str
    title: str
    kind: QuestionKind
    points: dict[str, float]
    needs: tuple[str, ...] = ()
    definition: str = ""
    """The function or method that answers it, as ``name`` or ``Class.method``."""
    reading: str = ""
    revealed: bool = True
    literal: str = ""
    """The name of the dict that answers it, where a literal does (hyperparameters are one too)."""
    families: list[CaseFamily] = field(default_factory=list)
    reused: bool = False
    """From an earlier assignment, which answers for its cases."""
    identity_given: bool = False
    """A starter may hand an argument on as the result, as dropout does when testing: no answer by itself."""

    @property
    def max_score(self) -> float:
        """All its points."""
        return float(sum(self.points.values()))

    def on(self, *ladder: tuple[Any, ...], hidden: bool = True) -> Callable[[Author], Author]:
        """Add cases: the function is recorded once for each rung, and once more with hidden seeds."""

        def add(author: Author) -> Author:
            self.families.append(CaseFamily(author, ladder, hidden))
            return author

        return add


@dataclass(slots=True)
class Experiment(Question):
    """A question whose answer is a trained model: hyperparameters are read as a literal, never run.

    ``starting`` accuracy and below earns nothing, ``good`` and above everything, on a straight line between;
    where both are one number, it earns everything. Of several runs each earns its share.
    """

    limits: dict[str, Limit] = field(default_factory=dict)
    starting: float = 0.0
    good: float = 1.0
    seconds: float = 60.0
    """Of processor time, for all its runs."""
    data: Callable[[], dict[str, Any]] | None = None
    runs: Callable[[dict[str, Any]], Trainings] | None = None
    """``runs(chosen)``: what is trained with the values that were chosen."""
    scored_on: Literal["test", "train"] = "test"
    """The images that decide: unseen ones, or (to show overfitting) those that it was trained on."""
    baselines: Callable[[dict[str, Any]], dict[str, float]] | None = None
    """Accuracies by name that a run is drawn beside, such as a baseline's."""
    validate: Callable[[dict[str, Any]], str] | None = None
    """What is wrong with values each of which is within its limits; empty when nothing is."""


class Rubric:
    """An assignment's questions, in order. ``reference`` lists the modules that hold the right answers.

    ``imports`` are the packages that answers may use beside the standard library: a child has no others.
    ``files`` says where a tree that is handed in has each name: ``{"layers.py": ("affine_forward", …)}``.
    """

    def __init__(
        self,
        *,
        title: str,
        version: str,
        reference: Sequence[str],
        imports: Sequence[str] = ("numpy",),
        files: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.title = title
        self.version = version
        self.reference = tuple(reference)
        self.imports = tuple(dict.fromkeys(("numpy", *imports)))
        self.files = {name: file for file, names in (files or {}).items() for name in names}
        self.questions: list[Question] = []

    def question(
        self,
        name: str,
        title: str,
        *,
        points: dict[str, float],
        needs: Sequence[str] = (),
        definition: str = "",
        reading: str = "",
        identity_given: bool = False,
    ) -> Question:
        """A question that is answered by code."""
        question = Question(name, title, "code", points, tuple(needs), definition or name, reading)
        question.identity_given = identity_given
        return self.add(question)

    def literal(self, name: str, title: str, *, points: float, revealed: bool = True) -> Question:
        """A question that is answered by a literal dict of the same name; entries earn equal shares.

        An answer that is not ``revealed`` (a prediction) is not judged before grading.
        """
        return self.add(Question(name, title, "literal", {"answer": points}, revealed=revealed, literal=name))

    def written(self, name: str, title: str, *, points: float) -> Question:
        """A question that a person marks; until then it counts in full, provisionally."""
        return self.add(Question(name, title, "written", {"answer": points}))

    def experiment(
        self,
        name: str,
        title: str,
        *,
        points: float,
        hyperparameters: str,
        limits: dict[str, Limit],
        needs: Sequence[str] = (),
        accuracy_range: tuple[float, float],
        seconds: float,
        data: Callable[[], dict[str, Any]],
        runs: Callable[[dict[str, Any]], Trainings],
        scored_on: Literal["test", "train"] = "test",
        baselines: Callable[[dict[str, Any]], dict[str, float]] | None = None,
        validate: Callable[[dict[str, Any]], str] | None = None,
    ) -> Experiment:
        """A question that is answered by training: see ``Experiment``.

        An ``accuracy_range`` of one number twice is a threshold. Raises ValueError for one that falls.
        """
        starting, good = accuracy_range
        if not starting <= good:
            raise ValueError(
                f"the accuracy_range of `{name}` is ({starting:g}, {good:g}): points are earned from "
                "the first number to the second, which must not be smaller"
            )
        question = Experiment(
            name,
            title,
            "experiment",
            {"accuracy": points},
            tuple(needs),
            literal=hyperparameters,
            limits=limits,
            starting=starting,
            good=good,
            seconds=seconds,
            data=data,
            runs=runs,
            scored_on=scored_on,
            baselines=baselines,
            validate=validate,
        )
        self.add(question)
        return question

    def reuse(self, other: Rubric, *names: str) -> None:
        """Take over questions of an earlier assignment, cases and all; each part is worth one point."""
        questions = {question.name: question for question in other.questions}
        for name in names:
            question = questions[name]
            needs = tuple(need for need in question.needs if need in names)
            points = dict.fromkeys(question.points, 1.0)
            self.add(replace(question, points=points, needs=needs, reused=True))

    def add(self, question: Question) -> Question:
        """Add a question of any kind, one that a course brings too. Raises ValueError for a name twice."""
        if any(other.name == question.name for other in self.questions):
            raise ValueError(f"the rubric has two questions named `{question.name}`")
        self.questions.append(question)
        return question
