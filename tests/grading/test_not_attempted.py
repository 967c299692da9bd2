"""Not attempted means not attempted: starters of other years earn nothing, and are told as what they are."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from grader.course import CourseAssignment, load_assignment, public_side
from grader.grading import grade
from grader.grading.answers import collect_answers
from grader.messages import headline
from grader.model import Cell, Module, Report, Submission
from grader.sandbox import Sandbox


@pytest.fixture(scope="module")
def deep(course: Path) -> CourseAssignment:
    return load_assignment(course, "deep_nets")


def handed_in(*cells: str) -> Submission:
    """A notebook of these cells."""
    texts = ("import numpy as np\n", *map(textwrap.dedent, cells))
    return Submission(
        "ann", "00", cells=tuple(Cell(f"cell {i}", "code", text) for i, text in enumerate(texts))
    )


def told(report: Report) -> dict[str, tuple[str, float]]:
    return {question.name: (question.status, question.score) for question in report.questions}


DROPOUT_BACKWARD = """
def dropout_backward(dout, cache):
    dropout_param, mask = cache
    mode = dropout_param["mode"]
    dx = None
    if mode == "train":
        pass
    elif mode == "test":
        dx = dout
    return dx
"""
RENAMED = """
def dropout_backward(upstream, kept):
    settings, drawn = kept
    if settings["mode"] == "train":
        raise NotImplementedError
    return upstream
"""
WITH_ELSE = DROPOUT_BACKWARD.replace('elif mode == "test"', "else").replace("pass", "dx = None  # TODO")


@pytest.mark.parametrize("starter", [DROPOUT_BACKWARD, RENAMED, WITH_ELSE])
def test_the_starter_of_a_backward_pass_earns_nothing(
    starter: str, deep: CourseAssignment, sandbox: Sandbox
) -> None:
    one = handed_in(deep.solutions["dropout_forward"], starter)

    report = grade(one, deep, sandbox, only=["dropout_forward", "dropout_backward"])

    assert told(report) == {"dropout_forward": ("passed", 5), "dropout_backward": ("not_attempted", 0)}
    assert headline(report.questions[1]) == "Not attempted yet: `dropout_backward` computes nothing."


def test_a_bundle_knows_it_too(deep: CourseAssignment, sandbox: Sandbox) -> None:
    one = handed_in(deep.solutions["dropout_forward"], DROPOUT_BACKWARD)

    report = grade(one, public_side(deep), sandbox, only=["dropout_backward"])

    assert told(report) == {"dropout_backward": ("not_attempted", 0)}


STARTERS = {
    "adam": """
        def adam(w, dw, config=None):
            if config is None:
                config = {}
            config.setdefault("learning_rate", 1e-3)
            config.setdefault("beta1", 0.9)
            config.setdefault("beta2", 0.999)
            config.setdefault("epsilon", 1e-8)
            config.setdefault("m", np.zeros_like(w))
            config.setdefault("v", np.zeros_like(w))
            config.setdefault("t", 0)
            next_w = None
            pass
            return next_w, config
    """,
    "batchnorm_forward": """
        def batchnorm_forward(x, gamma, beta, bn_param):
            mode = bn_param["mode"]
            eps = bn_param.get("eps", 1e-5)
            momentum = bn_param.get("momentum", 0.9)
            N, D = x.shape
            running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
            running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
            out, cache = None, None
            if mode == "train":
                pass
            elif mode == "test":
                pass
            else:
                raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
            bn_param["running_mean"] = running_mean
            bn_param["running_var"] = running_var
            return out, cache
    """,
    "dropout_forward": """
        def dropout_forward(x, dropout_param):
            p, mode = dropout_param["p"], dropout_param["mode"]
            if "seed" in dropout_param:
                np.random.seed(dropout_param["seed"])
            mask = None
            out = None
            if mode == "train":
                pass
            elif mode == "test":
                pass
            cache = (dropout_param, mask)
            out = out.astype(x.dtype, copy=False)
            return out, cache
    """,
}


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_that_sets_defaults_is_not_attempted(
    name: str, deep: CourseAssignment, sandbox: Sandbox
) -> None:
    report = grade(handed_in(STARTERS[name]), deep, sandbox, only=[name])

    assert told(report) == {name: ("not_attempted", 0)}


def test_a_right_part_beside_a_blank_one_is_still_paid(deep: CourseAssignment, sandbox: Sandbox) -> None:
    """In test mode the answer to a forward pass is its argument: somebody wrote that."""
    written = STARTERS["dropout_forward"].replace(
        'elif mode == "test":\n                pass', 'elif mode == "test":\n                out = x'
    )
    assert written != STARTERS["dropout_forward"]

    report = grade(handed_in(written), deep, sandbox, only=["dropout_forward"])

    assert told(report)["dropout_forward"][0] == "partial"


NETS = {
    "0, {}": """
        class TwoLayerNet(object):
            def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
                self.params = {}
                self.reg = reg
            def loss(self, X, y=None):
                scores = None
                if y is None:
                    return scores
                loss, grads = 0, {}
                return loss, grads
    """,
    "renamed": """
        class TwoLayerNet:
            def __init__(self, d=3072, h=100, c=10, scale=1e-3, strength=0.0):
                self.params = {}
                self.strength = strength
                pass
            def loss(self, data, labels=None):
                logits = None
                # TODO: the forward pass
                if labels is None:
                    return logits
                total, slopes = None, {}
                # TODO: the backward pass
                return total, slopes
    """,
    "return None": """
        class TwoLayerNet:
            def __init__(self, *args, **kwargs):
                pass
            def loss(self, X, y=None):
                # scores first
                # then the loss
                return None
    """,
}
NET = ["TwoLayerNet.init", "TwoLayerNet.loss", "TwoLayerNet.gradients"]


@pytest.mark.parametrize("net", NETS)
def test_a_net_of_another_year_is_not_attempted(
    net: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    report = grade(handed_in(NETS[net]), assignment, sandbox, only=NET)

    assert told(report) == dict.fromkeys(NET, ("not_attempted", 0))


REBOUND = {
    "assigned": "def relu_forward(x):\n    pass\nrelu_forward = lambda x: (np.maximum(x, 0), x)\n",
    "under a condition": (
        "def relu_forward(x):\n    pass\n"
        "if True:\n    def relu_forward(x):\n        return np.maximum(x, 0), x\n"
    ),
    "imported": "def relu_forward(x):\n    pass\nfrom tree.more import rectified as relu_forward\n",
}


NET_STUB = "class TwoLayerNet:\n    def loss(self, X, y=None):\n        pass\n"
BOUND_IN_A_CLASS = {
    "assigned in it": f"{NET_STUB}    loss = REAL\n",
    "assigned to it": f"{NET_STUB}TwoLayerNet.loss = REAL\n",
    "decorated": f"@with_loss\n{NET_STUB}",
    "a metaclass": NET_STUB.replace("TwoLayerNet", "TwoLayerNet(metaclass=Made)"),
    "by name": f"{NET_STUB}setattr(TwoLayerNet, 'loss', REAL)\n",
}


@pytest.mark.parametrize("how", BOUND_IN_A_CLASS)
def test_a_method_that_is_bound_otherwise_is_run(how: str, assignment: CourseAssignment) -> None:
    question = assignment.question("TwoLayerNet.loss")
    alone = handed_in(NET_STUB)

    answers = [
        collect_answers(one, assignment, [question]) for one in (alone, handed_in(BOUND_IN_A_CLASS[how]))
    ]

    assert [one.by_question[question.name].starter for one in answers] == [True, False]


@pytest.mark.parametrize("how", REBOUND)
def test_a_starter_that_is_bound_anew_is_an_answer(
    how: str, assignment: CourseAssignment, sandbox: Sandbox
) -> None:
    more = "import numpy as np\ndef rectified(x):\n    return np.maximum(x, 0), x\n"
    one = Submission(
        "ann",
        "00",
        cells=handed_in(REBOUND[how]).cells,
        modules=(Module("tree", "", True), Module("tree.more", more)),
    )

    report = grade(one, assignment, sandbox, only=["relu_forward"])

    assert told(report) == {"relu_forward": ("passed", 2)}
