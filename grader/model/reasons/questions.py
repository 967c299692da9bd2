"""What is said of an answer as a whole."""

from __future__ import annotations

from typing import Literal

from grader.model.findings import Finding, finding


@finding("untouched")
class AsReleased(Finding):
    """The code, or the literal ``name``, is as it was released."""

    name: str = ""


@finding("no_answer")
class NoAnswer(Finding):
    """Nothing was attempted."""


@finding("not_parsed")
class NotParsed(Finding):
    """The cell that should answer does not parse."""

    cell: str = ""
    reason: str = ""


@finding("answer_is_text")
class AnswerIsText(Finding):
    """The cell that should answer is no code cell: what stands in it is not run."""

    name: str = ""
    cell: str = ""


@finding("no_definition")
class NoDefinition(Finding):
    """The submission binds no such name."""

    name: str = ""


@finding("unread")
class NotRead(Finding):
    """Nothing of the submission could be read."""


@finding("later")
class JudgedLater(Finding):
    """An answer that is judged, or read by a person, later."""

    how: Literal["literal", "experiment", "written"] = "written"


@finding("out_of_time")
class OutOfTime(Finding):
    """The submission as a whole took too long."""

    seconds: float = 0.0


@finding("waiting")
class Waiting(Finding):
    """An answer builds on others that are not right; ``names`` is a list."""

    names: str = ""
    trains: bool = False


@finding("fix_first")
class FixFirst(Finding):
    """An answer is partly right, and builds on others that are not."""

    names: str = ""


@finding("substituted")
class JudgedWith(Finding):
    """An answer was judged with right ones in the place of others."""

    names: str = ""


@finding("more_later")
class MoreLater(Finding):
    """More is told once what an answer builds on is right."""


@finding("trained_with")
class TrainedWith(Finding):
    """A net was trained with right answers in the place of others: ``own`` of ``needed`` are one's own."""

    names: str = ""
    own: int = 0
    needed: int = 0
    slow: bool = False
    """One's own are right, and take too long to train with."""


@finding("entries")
class SomeEntries(Finding):
    """Of a literal's entries so many are right; ``wrong`` lists those to look at again."""

    count: int = 0
    total: int = 0
    wrong: str = ""


@finding("literal", distinguishing=("entry",))
class WrongEntry(Finding):
    """An entry of a literal is not right."""

    entry: str = ""
    value: str = ""


@finding("entry")
class EntryOf(Finding):
    """An entry of a literal that is right, or has no answer yet."""

    entry: str = ""
    right: bool = False


@finding("not_literal")
class NotLiteral(Finding):
    """A literal that cannot be read without running it."""

    name: str = ""
    reason: str = ""
    numbers: bool = False
    """A dict of numbers is due."""


@finding("not_a_dict")
class NotADict(Finding):
    """A literal that should be a dict."""

    name: str = ""


@finding("fill_in")
class FillIn(Finding):
    """A literal that is still empty in a notebook."""

    name: str = ""


@finding("suspicious")
class MeasuredDerivative(Finding):
    """Right values that look measured, not derived: for a person to see. Nothing is lost by it."""

    function: str = ""
    how: Literal["", "complex", "calls", "operations", "stacked"] = ""
    calls: int = 0
    operations: str = ""
    """Numbers of operations for numbers of elements, as ``120 / 100, 410 / 400``."""
    touched: int = 0
    elements: int = 0


@finding("contradiction")
class Contradiction(Finding):
    """A derivative fits its own forward pass, which is right, and is not what is due: a person decides."""

    part: str = ""


@finding("look_at_contradiction")
class ContradictionToLookAt(Finding):
    """The same, as a note to whoever marks."""

    question: str = ""
    parts: str = ""
    """As a list, by commas."""


@finding("look_at_derivative")
class DerivativeToLookAt(MeasuredDerivative):
    """The same, as a note to whoever marks."""
