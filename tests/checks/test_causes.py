"""The exception that came first is told where it happened, and not the step that had to be left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.checks import judge_case, values
from grader.messages import say
from grader.model import Case, Outcome, Ref, Step
from grader.sandbox.replay import replay
from tests.checks.cases import never

HALVES = "(x[0][:, 0] / x[1][0]).reshape(1, 2)"


def outcome_of(steps: tuple[Step, ...], names: dict[str, Any]) -> Outcome:
    """The outcome of the last step's result, with ``names`` as the student's own."""

    def lookup(name: str) -> Any:
        if name not in names:
            raise NameError(name)
        return names[name]

    last = Ref(len(steps) - 1)
    case = Case("q", "", 0, False, 1, (), (), steps, (last,), (1.0,), (values(out=last),))
    (outcome,) = judge_case(case, replay(case, lookup), never)
    return outcome


def call(name: str, *args: Any, **kwargs: Any) -> Step:
    return Step("call", name, None, args, kwargs)


def net(**options: Any) -> tuple[Step, ...]:
    return call("Net", [2], **options), Step("read", "params", Ref(0))


class Net:
    """A constructor of another year's course."""

    def __init__(self, hidden_dims: list[int], dropout: float = 1) -> None:
        self.params: dict[str, Any] = {}


def two_arguments(hidden_dims: list[int], reg: float) -> None:
    """A function that stands for a constructor."""


@pytest.mark.parametrize(
    ("student", "options", "said"),
    [
        (
            Net,
            {"dropout_keep_ratio": 0.5},
            "`Net.__init__` got an unexpected keyword argument 'dropout_keep_ratio'.",
        ),
        (two_arguments, {}, "`two_arguments` missing 1 required positional argument: 'reg'."),
        (two_arguments, {"rate": 1}, "`two_arguments` got an unexpected keyword argument 'rate'."),
    ],
)
def test_an_argument_that_is_not_taken_is_told_of_the_function_that_was_called(
    student: Callable[..., Any], options: dict[str, Any], said: str
) -> None:
    assert say(outcome_of(net(**options), {"Net": student}).findings[0]) == said


def raises(*args: Any) -> Any:
    raise ValueError("negative dimensions are not allowed")


def test_what_could_not_be_called_says_what_was_raised_before() -> None:
    steps = (call("forward"), call("other"), call("backward", Ref(0)))

    outcome = outcome_of(steps, {"forward": raises, "other": lambda: 1 / 0, "backward": abs})

    assert outcome.status == "skipped"
    assert say(outcome.findings[0]) == "`forward` raises ValueError: negative dimensions are not allowed."


def test_a_failure_that_nothing_here_needs_is_not_told() -> None:
    steps = (call("other"), call("forward"), call("backward", Ref(1)))

    outcome = outcome_of(steps, {"other": lambda: 1 / 0, "forward": raises, "backward": abs})

    assert "ZeroDivisionError" not in say(outcome.findings[0])


@pytest.mark.parametrize(
    ("gives", "said"),
    [
        (lambda: (1.0, {}), "`loss` gives an empty dict for W2."),
        (lambda: (1.0, None), "`loss` gives None for W2."),
        (lambda: (1.0, {"W1": 1}), "`loss` should give `W2` here, but gives a dict whose keys are 'W1'."),
        (lambda: (1.0, {"W2": None, "b2": None}), "What `loss` gives for W2 and b2 has another form than it should."),  # noqa: E501
        (lambda: (1.0, {"W2": [1], "b2": [1]}), "What `loss` gives for W2 and b2 has another form than it should."),  # noqa: E501
    ],
)  # fmt: skip
def test_a_formula_of_ours_is_never_named(gives: Callable[[], Any], said: str) -> None:
    both = (Ref(0, (1, "W2")), Ref(0, (1, "b2")))
    steps = (call("loss"), Step("apply", HALVES, None, (both,)))

    outcome = outcome_of(steps, {"loss": gives})

    assert say(outcome.findings[0]) == said


def test_a_stub_that_raises_not_implemented_is_no_attempt() -> None:
    def stub() -> None:
        raise NotImplementedError

    assert outcome_of((call("f"),), {"f": stub}).status == "not_attempted"
