"""Experiments: hyperparameters are read, never run; only the returned parameters are believed."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, Experiment, Rubric, load_assignment
from grader.grading import grade
from grader.grading.experiment import share
from grader.grading.hyperparameters import read_hyperparameters
from grader.grading.replacements import replacements
from grader.grading.training_plots import gradient_sizes
from grader.intake import tree_of
from grader.messages import headline, sentence, with_words
from grader.model import Cell, Outcome, QuestionReport, Submission
from grader.sandbox import Sandbox
from tests.conftest import COURSE

GOOD = {
    "hidden_dim": 16,
    "learning_rate": 0.5,
    "lr_decay": 0.9,
    "reg": 0.0,
    "weight_scale": 1e-2,
    "batch_size": 100,
    "num_epochs": 2,
}


@pytest.fixture
def question(assignment: CourseAssignment) -> Experiment:
    found = assignment.question("train")
    assert isinstance(found, Experiment)
    return found


def handed_in(*cells: str) -> Submission:
    return Submission(
        "ann", "00", None, tuple(Cell(f"cell {i}", "code", text) for i, text in enumerate(cells))
    )


def trees(*cells: str) -> list[ast.Module]:
    """The same, parsed."""
    return [tree for cell in handed_in(*cells).cells if (tree := tree_of(cell)) is not None]


def solved(assignment: CourseAssignment, **changes: tuple[str, str]) -> list[str]:
    """The reference's definitions, some of them changed."""
    sources = {name: text for name, text in assignment.solutions.items() if "." not in name}
    for name, (old, new) in changes.items():
        assert old in sources[name]
        sources[name] = sources[name].replace(old, new)
    init, loss = (assignment.solutions[f"TwoLayerNet.{m}"] for m in ("__init__", "loss"))
    indented = "\n".join("    " + line for line in (init + "\n" + loss).split("\n"))
    return ["import numpy as np", *sources.values(), "class TwoLayerNet:\n" + indented]


def trained(assignment: CourseAssignment, sandbox: Sandbox, *cells: str, **values: Any) -> QuestionReport:
    literal = f"hyperparameters = {GOOD | values!r}"
    report = grade(handed_in(*cells, literal), assignment, sandbox, only=["train"])
    return report.questions[0]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("x = 1", "no `hyperparameters`"),
        ("hyperparameters = dict(open('x'))", "read without running"),
        ("hyperparameters = [1]", "should be a dict"),
        (f"hyperparameters = { ({**GOOD, 'hidden_dim': 4096}) }", "from 1 to 128"),
        (f"hyperparameters = { ({**GOOD, 'hidden_dim': 2.5}) }", "whole number"),
        (f"hyperparameters = { ({**GOOD, 'learning_rate': True}) }", "must be a number"),
        (f"hyperparameters = { ({**GOOD, 'learning_rate': -1}) }", "from 0 to 100"),
        ("hyperparameters = {'hidden_dim': 3}", "lacks `batch_size`"),
    ],
)
def test_what_cannot_be_used_says_why(
    question: Experiment, assignment: CourseAssignment, cell: str, words: str
) -> None:
    outcome = read_hyperparameters(question, assignment, trees(cell))
    assert isinstance(outcome, Outcome)
    assert words in sentence(outcome)


def test_released_values_are_not_an_attempt(question: Experiment, assignment: CourseAssignment) -> None:
    outcome = read_hyperparameters(question, assignment, trees(assignment.stubs["train"]))
    assert isinstance(outcome, Outcome)
    assert outcome.status == "not_attempted"


def test_usable_values_come_back_as_numbers(question: Experiment, assignment: CourseAssignment) -> None:
    chosen = read_hyperparameters(question, assignment, trees(f"hyperparameters = dict(**{GOOD})"))
    assert isinstance(chosen, Outcome)  # ** must be run to be known
    chosen = read_hyperparameters(question, assignment, trees(f"hyperparameters = {GOOD}"))
    assert chosen == GOOD


def test_the_share_is_a_line_between_two_ends(question: Experiment) -> None:
    assert [share(question, a) for a in (0.1, question.starting, question.good, 0.99)] == [0, 0, 1, 1]
    middle = (question.starting + question.good) / 2
    assert share(question, middle) == pytest.approx(0.5)


@pytest.mark.parametrize("threshold", [0.0, 0.5, 1.0])
def test_two_equal_ends_are_a_threshold(question: Experiment, threshold: float) -> None:
    question = replace(question, starting=threshold, good=threshold)
    assert share(question, threshold) == share(question, 1.0) == 1.0
    assert share(question, np.nextafter(threshold, -1)) == share(question, float("nan")) == 0.0


@pytest.mark.parametrize("ends", [(0.5, 0.4), (0.1, float("nan"))])
def test_a_range_that_falls_is_refused_where_it_is_declared(ends: tuple[float, float]) -> None:
    rubric = Rubric(title="t", version="1", reference=[])
    with pytest.raises(ValueError, match="accuracy_range of `train`"):
        rubric.experiment(
            "train",
            "t",
            points=1,
            hyperparameters="h",
            limits={},
            accuracy_range=ends,
            seconds=1,
            data=dict,
            runs=lambda chosen: {},
        )


@pytest.mark.slow
@pytest.mark.parametrize("ends", [(0.6, 0.8), (0.3, 0.3)])
def test_who_builds_on_no_other_answer_is_judged_too(
    assignment: CourseAssignment, sandbox: Sandbox, ends: tuple[float, float]
) -> None:
    alone = [
        replace(q, needs=(), starting=ends[0], good=ends[1]) if isinstance(q, Experiment) else q
        for q in assignment.questions
    ]
    report = trained(replace(assignment, questions=tuple(alone)), sandbox, *solved(assignment))
    assert report.score == report.max_score if ends[0] == ends[1] else report.score > 0
    assert ("Less than" in headline(report)) == (ends[0] == ends[1])


def test_a_net_is_trained_and_scored_on_unseen_images(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    report = trained(assignment, sandbox, *solved(assignment))
    assert 0 < report.score < report.max_score
    assert report.status == "partial"
    epochs = [len(line.y) for line in report.plots[1].lines if line.role == "yours"]
    assert epochs == [GOOD["num_epochs"] + 1] * 2
    assert report.outcomes[0].measurements["accuracy"] > 0.65


def test_an_invented_history_earns_nothing(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    liar = (
        "class Solver:\n"
        "    def __init__(self, *a, **k): self.train_acc_history = self.val_acc_history = [1.0]\n"
        "    def train(self): pass\n"
    )
    report = trained(assignment, sandbox, *solved(assignment), liar)
    assert all(line.y != (1.0,) for plot in report.plots for line in plot.lines)
    lazy = solved(assignment, sgd=('w - config["learning_rate"] * dw', "w"))
    assert trained(replace(assignment, solutions={}), sandbox, *lazy).score == 0


STEP = 'w - config["learning_rate"] * dw'


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (STEP, "w * np.nan", "does not follow|right in"),
        (STEP, "w[:1]", "right shapes|Training stopped"),
        (STEP, "w.astype(object)", "not finite|Training stopped"),
        (STEP, "1 / 0", "Training stopped: ZeroDivisionError"),
    ],
)
def test_parameters_that_are_no_net_are_refused(
    assignment: CourseAssignment, sandbox: Sandbox, old: str, new: str, words: str
) -> None:
    cells = solved(assignment)
    assert any(old in cell for cell in cells)
    alone = [replace(q, needs=()) if q.name == "train" else q for q in assignment.questions]
    changed = [cell.replace(old, new) for cell in cells]
    report = trained(replace(assignment, questions=tuple(alone)), sandbox, *changed)
    assert report.score == 0
    assert re.search(words, headline(report)), headline(report)


@pytest.fixture(scope="module")
def nets() -> CourseAssignment:
    return load_assignment(COURSE, "fully_connected_nets")


def values_of(assignment: CourseAssignment, name: str, **values: Any) -> dict[str, Any] | Outcome:
    question = assignment.question(name)
    assert isinstance(question, Experiment)
    literal = {**assignment.good_values[name], **values}
    return read_hyperparameters(question, assignment, trees(f"{name} = {literal!r}"))


def test_a_choice_of_words_is_one_of_them(nets: CourseAssignment) -> None:
    chosen = values_of(nets, "best_net", update_rule="rmsprop")
    assert isinstance(chosen, dict)
    assert chosen["update_rule"] == "rmsprop"
    for wrong in ("adagrad", 3, None):
        outcome = values_of(nets, "best_net", update_rule=wrong)
        assert isinstance(outcome, Outcome)
        assert 'one of "sgd", "sgd_momentum"' in sentence(outcome)


def test_values_that_only_together_are_too_much_say_so(nets: CourseAssignment) -> None:
    outcome = values_of(nets, "more_data", num_train=4000, num_epochs=100)
    assert isinstance(outcome, Outcome)
    assert "40,000 at most" in sentence(outcome)


def test_of_several_runs_each_earns_its_share(nets: CourseAssignment, sandbox: Sandbox) -> None:
    literal = {**nets.good_values["one_at_a_time"], "learning_rate_single": 10.0}
    report = grade(
        handed_in(*solutions(nets), f"one_at_a_time = {literal!r}"), nets, sandbox, only=["one_at_a_time"]
    )
    found = report.questions[-1]
    accuracies = found.outcomes[0].measurements["accuracies"]
    assert accuracies["batches of 50"] > 0.6 > 0.4 > accuracies["one at a time"]
    assert 0 < found.score <= found.max_score / 2
    assert [with_words(plot).title for plot in found.plots] == [
        "Training loss",
        "Training accuracy",
        "Validation accuracy",
    ]
    names = [(line.name, line.role) for line in found.plots[2].lines]
    assert ("batches of 50", "yours") in names
    assert ("one at a time", "reference") in names


def solutions(assignment: CourseAssignment) -> list[str]:
    """The reference's answers as cells."""
    functions = [text for name, text in assignment.solutions.items() if "." not in name]
    methods = [text for name, text in assignment.solutions.items() if "." in name]
    net = "class FullyConnectedNet:\n" + "\n".join("    " + line for line in "\n".join(methods).split("\n"))
    return ["import numpy as np", *functions, net]


def test_a_history_that_its_parameters_do_not_explain_is_not_drawn(
    nets: CourseAssignment, sandbox: Sandbox
) -> None:
    boast = """
def sgd(w, dw, config=None):
    import sys
    told = getattr(sys._getframe(2).f_locals.get("self"), "loss_history", [0.0])
    told[-1] = 0.01
    config = config or {}
    config.setdefault("learning_rate", 1e-2)
    return w - config["learning_rate"] * dw, config
"""
    literal = f"overfit_three_layers = {nets.good_values['overfit_three_layers']!r}"
    report = grade(handed_in(*solutions(nets), boast, literal), nets, sandbox, only=["overfit_three_layers"])
    found = report.questions[-1]
    assert found.score == found.max_score
    assert "not that of its parameters" in headline(found)
    assert found.outcomes[0].findings[-1].kind == "history"
    assert not any(
        line.role == "yours" for plot in found.plots if plot.title == "loss" for line in plot.lines
    )


def test_sizes_of_gradients_are_told_by_layer() -> None:
    assert gradient_sizes({"W1": np.full((2, 2), 3.0), "b1": np.ones(2), "W2": np.zeros(1)}) == (3.0, 0.0)
    odds: tuple[Any, ...] = (None, [], {"W1": "x"}, {"W1": np.zeros(0)}, {"W2": np.ones(2)})
    for odd in odds:
        assert gradient_sizes(odd) == ()


def test_the_net_is_replaced_as_a_whole(nets: CourseAssignment) -> None:
    question = nets.question("best_net")
    replaced = replacements(question, ["FullyConnectedNet.loss"], nets, ())
    assert set(replaced) == {"FullyConnectedNet.__init__", "FullyConnectedNet.loss"}
    own = replacements(nets.question("FullyConnectedNet.gradients"), ["FullyConnectedNet.init"], nets, ())
    assert set(own) == {"FullyConnectedNet.__init__"}
