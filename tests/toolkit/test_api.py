"""What the toolkit offers, and what it needs."""

import subprocess
import sys

import pytest

import grader.toolkit


def test_public_names() -> None:
    assert grader.toolkit.__all__ == [
        "CIFAR10_CLASSES",
        "FASHION_CLASSES",
        "Solver",
        "compare_histories",
        "load_cifar10",
        "load_digits",
        "load_fashion",
        "mystery_rule",
        "plot_history",
        "sgd",
        "show_curves",
        "show_gradient_sizes",
        "show_images",
        "show_paths",
        "show_statistics",
        "show_tuning",
        "show_weights",
        "weights_film",
    ]
    for name in grader.toolkit.__all__:
        assert getattr(grader.toolkit, name).__doc__


def run_without(modules: tuple[str, ...], program: str) -> subprocess.CompletedProcess[str]:
    """Run `program` in a Python to which `modules` are not installed."""
    hidden = f"import sys; sys.modules.update(dict.fromkeys({modules!r}));"
    return subprocess.run([sys.executable, "-c", hidden + program], capture_output=True, text=True)


def test_importable_with_numpy_alone() -> None:
    others = ("matplotlib", "msgspec", "typer", "rich", "jinja2", "pygments", "sklearn", "IPython")
    program = (
        "from grader.toolkit import *; load_digits();"
        f"print(sorted(m for m in {others!r} if sys.modules.get(m)))"
    )
    ended = run_without(others, program)
    assert (ended.stderr, ended.stdout.strip()) == ("", "[]")


@pytest.mark.parametrize(
    "call",
    [
        "show_weights(np.ones((4, 1)), (2, 2))",
        "show_images(np.ones((1, 4)), np.array([0]), ['one'])",
        "show_tuning([{'val_acc': 0.5}])",
        "show_paths({'sgd': (sgd, {})})",
        "show_gradient_sizes({'net': {'W1': np.ones(1), 'b1': np.ones(1)}})",
        "weights_film({0: {'W1': np.ones((4, 1))}}, (2, 2))",
    ],
)
def test_without_matplotlib_a_picture_says_what_to_install(call: str) -> None:
    program = f"import numpy as np; from grader.toolkit import *; {call}"
    ended = run_without(("matplotlib",), program)
    assert "pictures need matplotlib: pip install 'gradient-grader[notebook]'" in ended.stderr


def test_importing_leaves_matplotlib_for_later() -> None:
    program = "import grader.toolkit; print('matplotlib' in sys.modules)"
    assert run_without((), program).stdout.strip() == "False"
