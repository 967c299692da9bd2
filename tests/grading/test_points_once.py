"""Points are lost once: where something is wrong, and not in what is built on it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.course import CourseAssignment, KnownAnswers, load_assignment, public_side
from grader.course.known_answers import Mistake
from grader.grading import grade
from grader.grading.kinds import question_kind
from grader.messages import headline, say
from grader.model import Cell, Module, QuestionReport, Report, Submission
from grader.model.reasons import KnownMistake
from grader.sandbox import Sandbox

AFFINE = ["affine_forward", "affine_backward", "TwoLayerNet.loss", "TwoLayerNet.gradients"]
RELU = ["relu_forward", "relu_backward", "TwoLayerNet.loss", "TwoLayerNet.gradients"]


def submission(assignment: CourseAssignment, more: str = "", **changed: str) -> Submission:
    """The reference's answers, with some of the functions changed; an empty text leaves one out."""
    solutions = assignment.solutions
    functions = [changed.get(name, text) for name, text in solutions.items() if "." not in name]
    methods = [
        textwrap.indent(text, "    ") for name, text in solutions.items() if name.startswith("TwoLayerNet.")
    ]
    cells = (
        "import numpy as np\n" + "\n".join(functions) + more,
        "class TwoLayerNet:\n" + "\n".join(methods),
    )
    return Submission(
        "ann", "00", cells=tuple(Cell(f"cell {i}", "code", text) for i, text in enumerate(cells))
    )


def lost(report: Report) -> dict[str, float]:
    """Points that were lost, by question."""
    return {q.name: q.max_score - q.score for q in report.questions if q.score < q.max_score}


def graded(
    one: Submission, assignment: CourseAssignment, sandbox: Sandbox, only: Iterable[str], *, seed: int = 0
) -> Report:
    hidden = assignment.record_hidden(seed, tuple(only)) if seed else ()
    return grade(one, assignment, sandbox, hidden=hidden, only=tuple(only))


OWN_CACHE = {
    "affine_forward": (
        "def affine_forward(x, w, b):\n"
        "    rows = x.reshape(len(x), -1)\n"
        "    return rows @ w, (x, w, b, len(x), rows.shape[1])\n"
    ),
    "affine_backward": (
        "def affine_backward(dout, cache):\n"
        "    x, w, b, N, D = cache\n"
        "    return (dout @ w.T).reshape(x.shape), x.reshape(N, D).T @ dout, dout.sum(0)\n"
    ),
}


def test_a_wrong_forward_with_a_cache_of_its_own_costs_itself(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    report = graded(submission(assignment, **OWN_CACHE), assignment, sandbox, AFFINE, seed=3)

    assert lost(report) == {"affine_forward": 5}


def test_a_wrong_backward_with_a_dict_for_a_cache_costs_itself(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    pair = {
        "relu_forward": "def relu_forward(x):\n    return np.maximum(x, 0), {'mask': x > 0}\n",
        "relu_backward": "def relu_backward(dout, cache):\n    return dout * ~cache['mask']\n",
    }

    report = graded(submission(assignment, **pair), assignment, sandbox, RELU)

    assert lost(report) == {"relu_backward": 4}


def test_other_versions_and_fused_layers_are_replaced_with_their_pair(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    fused = (
        "\ndef affine_relu_forward(x, w, b):\n"
        "    a, first = affine_forward(x, w, b)\n    return np.maximum(a, 0), (first, a)\n"
        "def affine_relu_backward(dout, cache):\n"
        "    (x, w, b, N, D), a = cache\n    return affine_backward_alt(dout * (a > 0), (x, w, b, N, D))\n"
        "def affine_backward_alt(dout, cache):\n    x, w, b, N, D = cache\n"
        "    return (dout @ w.T).reshape(x.shape), x.reshape(N, D).T @ dout, dout.sum(axis=0)\n"
    )
    functions, _ = submission(assignment, fused, **OWN_CACHE).cells
    one = Submission("ann", "00", cells=(functions, Cell("cell 1", "code", NET_OF_FUSED_LAYERS)))

    report = graded(one, assignment, sandbox, AFFINE)

    assert lost(report) == {"affine_forward": 5}


NET_OF_FUSED_LAYERS = """
class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim), "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes), "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        h, first = affine_relu_forward(X, W1, b1)
        scores, second = affine_forward(h, W2, b2)
        if y is None:
            return scores
        loss, ds = softmax_loss(scores, y)
        dh, dW2, db2 = affine_backward_alt(ds, second)
        _, dW1, db1 = affine_relu_backward(dh, first)
        loss += 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2))
        return loss, {"W1": dW1 + self.reg * W1, "b1": db1, "W2": dW2 + self.reg * W2, "b2": db2}
"""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("np.maximum(x, 0).tolist()", "a value of type list"),
        ("np.matrix(np.maximum(x, 0)) if x.ndim == 2 else np.maximum(x, 0)", "type matrix"),
        ("np.ma.masked_less(np.maximum(x, 0), -1)", "type MaskedArray"),
        ("np.maximum(x, 0).view(type('Own', (np.ndarray,), {}))", "type Own"),
        ("np.maximum(x, 0).astype(np.float32)", "float32"),
        ("np.maximum(x, 0).astype(object)", "object"),
        ("np.squeeze(np.maximum(x, 0))", "shape"),
        ("np.maximum(x, 0)[()] if x.size > 1 else np.array(max(float(x.ravel()[0]), 0))", "shape"),
    ],
)
def test_a_wrong_type_is_told_where_it_is_made_and_costs_there(
    value: str, said: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    forward = f"def relu_forward(x):\n    return {value}, x\n"

    report = graded(submission(assignment, relu_forward=forward), assignment, sandbox, RELU)

    assert lost(report) == {"relu_forward": 2}
    assert said in headline(report.questions[0])


@pytest.mark.parametrize("kind", ["np.float64", "np.array", "float"])
def test_a_loss_may_be_a_number_of_any_kind(
    kind: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    loss = assignment.solutions["softmax_loss"].replace("return loss, dx", f"return {kind}(loss), dx")

    report = graded(
        submission(assignment, softmax_loss=loss), assignment, sandbox, ["softmax_loss", "TwoLayerNet.loss"]
    )

    assert lost(report) == {}


@pytest.mark.parametrize("factor", ["2", "-1", "1 / len(dout)"])
def test_a_factor_in_both_passes_costs_its_forward(
    factor: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    forward = assignment.solutions["affine_forward"].replace("rows @ w + b", f"({factor}) * (rows @ w + b)")
    backward = assignment.solutions["affine_backward"].replace(
        "rows = x", f"dout = ({factor}) * dout\n    rows = x"
    )
    one = submission(assignment, affine_forward=forward.replace("dout", "x"), affine_backward=backward)

    report = graded(one, assignment, sandbox, AFFINE, seed=3)

    assert lost(report) == {"affine_forward": 5}
    assert "Judged by your own `affine_forward`" in headline(report.questions[1])


def test_a_forward_that_gives_its_input_makes_no_backward_right(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    pair = {
        "relu_forward": "def relu_forward(x):\n    return 2 * x, x\n",
        "relu_backward": "def relu_backward(dout, cache):\n    return 2 * dout\n",
    }

    report = graded(submission(assignment, **pair), assignment, sandbox, RELU[:2])

    assert lost(report)["relu_backward"] >= 3


def test_a_factor_that_only_the_backward_has_costs_it(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    backward = "def relu_backward(dout, cache):\n    return 2 * dout * (cache > 0)\n"

    report = graded(submission(assignment, relu_backward=backward), assignment, sandbox, RELU)

    assert lost(report) == {"relu_backward": 4}


SANDWICH = """
def affine_relu_forward(x, w, b):
    a, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    return out, (affine_cache, relu_cache)
def affine_relu_backward(dout, cache):
    return affine_backward(relu_backward(dout, cache[1]), cache[0])
"""
STUBS = {
    "none": "def affine_backward(dout, cache):\n    dx, dw, db = None, None, None\n    return dx, dw, db\n",
    "raises": "def affine_backward(dout, cache):\n    raise NotImplementedError\n",
    "missing": "",
}


@pytest.mark.parametrize("stub", STUBS)
def test_a_backward_that_is_not_there_costs_the_loss_nothing(
    stub: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    one = submission(assignment, affine_backward=STUBS[stub])

    report = graded(one, assignment, sandbox, AFFINE)

    assert lost(report) == {"affine_backward": 9}
    assert report.questions[1].status == "not_attempted"


@pytest.mark.parametrize("how", ["from .layers import *", "import tree.layers"])
def test_a_backward_that_a_module_lacks_costs_the_loss_nothing(
    how: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    functions, net = (cell.source for cell in submission(assignment, SANDWICH, affine_backward="").cells)
    if how.startswith("import"):
        for name in ("affine_relu_forward", "affine_relu_backward", "affine_forward(", "affine_backward("):
            net = net.replace(name, f"tree.layers.{name}")
    rest = "import numpy as np\nfrom .layers import relu_forward, relu_backward, softmax_loss\n"
    one = Submission(
        "ann",
        "00",
        cells=(Cell("main", "code", "from tree.layers import *\nfrom tree.net import TwoLayerNet\n"),),
        modules=(
            Module("tree", "", True),
            Module("tree.layers", functions),
            Module("tree.net", f"{rest}{how}\n{net}"),
        ),
    )

    report = graded(one, assignment, sandbox, AFFINE)

    assert lost(report) == {"affine_backward": 9}


@pytest.mark.parametrize(
    ("changed", "waits_for"),
    [
        (OWN_CACHE, "affine_forward"),
        ({"affine_backward": STUBS["none"]}, "affine_backward"),
        ({"affine_forward": "def affine_forward(x, w, b):\n    return [[0.0]], None\n"}, "affine_forward"),
    ],
)
def test_without_a_reference_what_cannot_be_judged_apart_waits(
    changed: dict[str, str], waits_for: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    report = grade(submission(assignment, **changed), public_side(assignment), sandbox, only=AFFINE)

    net = {q.name: (q.status, q.blocked_by) for q in report.questions[2:]}
    assert net["TwoLayerNet.gradients"] == ("blocked", (waits_for,))
    assert headline(report.questions[3]) == f"Fix `{waits_for}` first: this answer builds on it."


def test_an_argument_of_another_year_is_told_of_the_constructor(course: Path, sandbox: Sandbox) -> None:
    deep = load_assignment(course, "deep_nets")
    old = deep.solutions["FullyConnectedNet.__init__"].replace("dropout_keep_ratio", "dropout")
    net = "import numpy as np\nclass FullyConnectedNet:\n" + textwrap.indent(old, "    ")
    one = Submission("ann", "00", cells=(Cell("cell 1", "code", net),))

    (question,) = grade(one, deep, sandbox, only=["FullyConnectedNet.init"]).questions

    assert headline(question) == (
        "`FullyConnectedNet.__init__` got an unexpected keyword argument 'dropout_keep_ratio'."
    )
    assert lost_parts(question) == ["params"]


class ByOrder(KnownAnswers):
    """Known answers that name what they are told to, run by run."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        object.__setattr__(self, "names", iter(names))

    def matches(self, question: str, public: Any) -> tuple[Mistake, ...]:
        if question != "TwoLayerNet.loss":
            return ()
        name = next(self.names)  # type: ignore[attr-defined]
        return (Mistake(name, f"This is {name}."),) if name else ()


@pytest.mark.parametrize(
    ("first", "beside_right_ones", "named"),
    [("a", "a", True), ("a", "b", False), ("a", "", False), ("", "b", False)],
)
def test_a_name_counts_where_the_run_beside_right_answers_gives_it_too(
    first: str, beside_right_ones: str, named: bool, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    # What fails in a child that others have run in is asked again of a fresh one: still the first run.
    known = replace(assignment, known_answers_source=lambda: ByOrder(first, first, beside_right_ones))

    report = graded(twice_wrong(assignment), known, sandbox, ["relu_backward", "TwoLayerNet.loss"])

    loss = report.questions[1]
    assert loss.status == "partial"
    assert ("This is a." in told(loss)) == named
    assert "This is b." not in told(loss)


def test_without_a_reference_nothing_that_builds_on_a_wrong_answer_is_named(
    assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    known = replace(assignment, known_answers_source=lambda: ByOrder("a", "a", "a", "a"))

    report = grade(twice_wrong(assignment), public_side(known), sandbox, only=["TwoLayerNet.loss"])

    (loss,) = report.questions
    assert loss.status == "partial"
    assert "This is a." not in told(loss)


def test_in_a_notebook_nothing_that_builds_on_a_wrong_answer_is_named(assignment: CourseAssignment) -> None:
    known = replace(assignment, known_answers_source=lambda: ByOrder(*"aaaa"))
    wrong = {**assignment.reference, "relu_backward": lambda dout, cache: dout}
    right = assignment.reference["TwoLayerNet"]

    def loss(net: Any, X: Any, y: Any = None) -> Any:
        answer = right.loss(net, X, y)
        return answer if y is None else (answer[0] + net.reg, answer[1])

    wrong["TwoLayerNet"] = type("TwoLayerNet", (right,), {"loss": loss})

    judgement = question_kind("code").check(assignment.question("TwoLayerNet.loss"), known, wrong)

    assert judgement.verdict.status == "partial"
    assert not any(isinstance(f, KnownMistake) for o in judgement.outcomes for f in o.findings)
    assert not any(isinstance(f, KnownMistake) for f in judgement.verdict.findings)


def twice_wrong(assignment: CourseAssignment) -> Submission:
    """A net without the half in its regularisation, beside a wrong backward pass of a ReLU."""
    one = submission(assignment, relu_backward="def relu_backward(dout, cache):\n    return dout\n")
    functions, net = one.cells
    changed = net.source.replace("0.5 * self.reg", "self.reg")
    assert changed != net.source
    return replace(one, cells=(functions, replace(net, source=changed)))


def told(question: QuestionReport) -> str:
    """All that is said of a question."""
    findings = [*question.findings, *(f for outcome in question.outcomes for f in outcome.findings)]
    return " ".join(map(say, findings))


def lost_parts(question: QuestionReport) -> list[str]:
    return [part.name for part in question.parts if part.score < part.max_score]
