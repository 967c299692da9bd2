"""A tree of modules: the file that the contract names counts, and no name's place in the alphabet does."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.intake import home_of, read_submission, with_contract_files
from grader.messages import say
from grader.model import Submission
from tests.intake.archives import put

ROOTS = ("affine_forward", "relu_forward", "TwoLayerNet", "FullyConnectedNet")
FILES = {
    "affine_forward": "layers.py",
    "relu_forward": "layers.py",
    "TwoLayerNet": "classifiers/fc_net.py",
    "FullyConnectedNet": "classifiers/fc_net.py",
}
RIGHT = """
def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)
def relu_forward(x):
    return x * (x > 0), x
"""
STARTER = """
def affine_forward(x, w, b):
    out = None
    return out, (x, w, b)
def relu_forward(x):
    pass
"""
NET = """
from cs231n.layers import *
class TwoLayerNet:
    def loss(self, X):
        return affine_forward(X, 1, 2)
"""
OTHER = "import torch\ndef affine_forward(x, w, b):\n    return x.reshape(len(x), -1) @ w + b\n"


def home(tmp_path: Path, files: dict[str, str], name: str, *, contract: bool = True) -> str:
    """The file that a name is taken from."""
    return _home(_read(tmp_path, files, contract=contract)[0], name)


def _read(tmp_path: Path, files: dict[str, str], *, contract: bool = True) -> tuple[Submission, list[str]]:
    for path, text in files.items():
        put(tmp_path / "ann" / path, text.encode())
    submission = read_submission(tmp_path / "ann", ROOTS)
    found, notes = with_contract_files(submission, ROOTS, FILES if contract else {})
    return found, [say(note) for note in (*found.notes, *notes)]


def _home(submission: Submission, name: str) -> str:
    return home_of(submission, name).removeprefix("submission.").replace(".", "/")


@pytest.mark.parametrize(
    "beside",
    [
        {"cs231n/rnn_layers_pytorch.py": OTHER},  # the input that was seen
        {"cs231n/layers_old.py": OTHER},
        {"cs231n/zz_helpers.py": OTHER + RIGHT, "cs231n/classifiers/cnn.py": "from ..zz_helpers import *\n"},
        {"tests/test_layers.py": OTHER, "a.py": OTHER, "cs231n/z/z/z.py": OTHER},
    ],
)
@pytest.mark.parametrize("layers", [RIGHT, STARTER])
def test_the_contracts_file_counts(beside: dict[str, str], layers: str, tmp_path: Path) -> None:
    files = {"cs231n/layers.py": layers, "cs231n/classifiers/fc_net.py": NET, **beside}

    assert home(tmp_path, files, "affine_forward") == "cs231n/layers"


def test_an_old_net_beside_is_not_the_contracts(tmp_path: Path) -> None:
    old = "class TwoLayerNet(object):\n    def loss(self, X, reg):\n        return 3 * X\n"
    files = {"cs231n/layers.py": RIGHT, "cs231n/classifiers/fc_net.py": NET}
    files |= {"cs231n/classifiers/neural_net.py": old, "cs231n/classifiers/a_net.py": old}

    submission, notes = _read(tmp_path, files)

    assert _home(submission, "TwoLayerNet") == "cs231n/classifiers/fc_net"
    assert [note for note in notes if "TwoLayerNet" in note] == [
        "`TwoLayerNet`: what cs231n/classifiers/fc_net.py defines counts; "
        "defined in cs231n/classifiers/a_net.py, cs231n/classifiers/neural_net.py too."
    ]


@pytest.mark.parametrize("name", ["aaa", "zzz"])
def test_without_a_contract_the_file_that_others_import_counts(name: str, tmp_path: Path) -> None:
    files = {
        f"hw/{name}.py": RIGHT,
        "hw/mmm.py": OTHER,
        "hw/net.py": NET.replace("cs231n.layers", f"hw.{name}"),
    }

    assert home(tmp_path, files, "affine_forward", contract=False) == f"hw/{name}"


@pytest.mark.parametrize(
    ("right", "starter"),
    [
        ("cs231n", "a_starter/cs231n"),
        ("final/cs231n", "cs231n"),
        ("assignment2/cs231n", "assignment1/cs231n"),
        ("a 2/cs231n", "a 2 (1)/cs231n"),
        ("a 2 (1)/cs231n", "a 2/cs231n"),
        ("old/cs231n", "cs231n"),
    ],
)
def test_of_copies_of_a_tree_the_one_with_the_answers_counts(
    right: str, starter: str, tmp_path: Path
) -> None:
    files = {f"{right}/layers.py": RIGHT, f"{starter}/layers.py": STARTER}
    files |= {f"{place}/classifiers/fc_net.py": NET for place in (right, starter)}

    submission, _ = _read(tmp_path, files)

    sources = {module.name: module.source for module in submission.modules}
    assert sources[home_of(submission, "affine_forward")] == RIGHT
    assert sources["cs231n.layers"] == RIGHT, "and the net of the tree imports it"
