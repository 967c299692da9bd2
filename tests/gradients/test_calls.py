"""Natural calls that are not of the right form get a sentence that says what to write."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import CallError, check

Arrays = dict[str, Any]
RNG = np.random.default_rng(0)
X, W, B = RNG.normal(size=(3, 4)), RNG.normal(size=(4, 2)), RNG.normal(size=2)
DOUT = RNG.normal(size=(3, 2))
INPUTS = {"x": X, "w": W, "b": B}


def forward(p: Arrays) -> Any:
    return p["x"] @ p["w"] + p["b"]


def backward(p: Arrays, dout: Any) -> Arrays:
    return {"x": dout @ p["w"].T, "w": p["x"].T @ dout, "b": dout.sum(axis=0)}


def renamed(**names: str) -> Any:
    return lambda p, dout: {names.get(key, key): value for key, value in backward(p, dout).items()}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            lambda p, dout: tuple(backward(p, dout).values()),
            "a tuple of 3: give a dict of gradients by input",
        ),
        (lambda p, dout: list(backward(p, dout).values()), "a list of 3"),
        (lambda p, dout: None, "gives None: give a dict"),
        (lambda p, dout: dout, "a value of type ndarray"),
        (lambda p, dout: {}, "an empty dict"),
        (
            renamed(x="dx", w="dw", b="db"),
            r"'dx', 'dw', 'db', which is no input \(meant is 'x', 'w', 'b'\?\)",
        ),
        (renamed(x="grad_x"), r"'grad_x', which is no input \(meant is 'x'\?\)"),
        (renamed(w="W"), "'W', which is no input"),
        (renamed(b="bias"), "'bias', which is no input: its keys are the names"),
    ],
)
def test_backward_gives_a_dict_by_the_names_of_inputs(answer: Any, words: str) -> None:
    with pytest.raises(CallError, match=words):
        check(forward, answer, INPUTS, DOUT)


def test_a_misspelt_key_is_told_with_the_one_that_is_meant() -> None:
    with pytest.raises(CallError, match=r"meant is 'weight'\?"):
        check(lambda p: p["weight"] * 2, lambda p, d: {"wieght": d * 2}, {"weight": X}, np.ones(X.shape))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (lambda p: (forward(p), p), r"a tuple of 2 \(ndarray, dict\): give the output alone"),
        (lambda p: [forward(p)], "a list of 1"),
        (lambda p: None, "lack a return"),
        (lambda p: forward(p) * 1j, "dtype complex128: real numbers"),
        (lambda p: "text", "dtype <U4"),
    ],
)
def test_forward_gives_the_output_alone(value: Any, words: str) -> None:
    with pytest.raises(CallError, match=words):
        check(value, backward, INPUTS, DOUT)


@pytest.mark.parametrize(
    ("dout", "words"),
    [
        (None, r"dout is missing: forward gives an array of shape \(3, 2\)"),
        (DOUT.T, r"dout has shape \(2, 3\), and forward gives \(3, 2\); it looks transposed"),
        (DOUT[0], r"dout has shape \(2,\), and forward gives \(3, 2\): both"),
        (1.0, r"dout has shape \(\)"),
        (DOUT * 1j, "dout has dtype complex128"),
    ],
)
def test_dout_belongs_to_the_output(dout: Any, words: str) -> None:
    with pytest.raises(CallError, match=words):
        check(forward, backward, INPUTS, dout)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ([X, W, B], "type list: give a dict"),
        ({}, "inputs is empty"),
        (INPUTS | {"x": X + 0j}, r"'x' is complex \(complex128\)"),
        (INPUTS | {"x": [[1.0], [1.0, 2.0]]}, "rows differ in length"),
        (INPUTS | {"x": np.array([None])}, "dtype object"),
        (INPUTS | {"x": "text"}, "dtype <U4"),
        (INPUTS | {"x": np.ones((0, 4))}, r"no entries \(its shape is \(0, 4\)\)"),
        (INPUTS | {"b": np.array([np.nan, 1])}, "'b' holds NaN or infinity"),
    ],
)
def test_inputs_are_arrays_of_real_numbers_by_name(inputs: Any, words: str) -> None:
    with pytest.raises(CallError, match=words):
        check(forward, backward, inputs, DOUT)


def cross_entropy(p: Arrays) -> float:
    assert p["y"].dtype.kind == "i"
    shifted = p["x"] - p["x"].max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(p["y"])), p["y"]]))


def cross_entropy_backward(p: Arrays, dout: Any) -> Arrays:
    probabilities = np.exp(p["x"] - p["x"].max(axis=1, keepdims=True))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    probabilities[np.arange(len(p["y"])), p["y"]] -= 1
    return {"x": dout * probabilities / len(p["y"])}


@pytest.mark.parametrize("more", [{}, {"y": None}])
def test_labels_are_left_whole(more: Arrays) -> None:
    inputs = {"x": X, "y": np.array([0, 3, 1])}
    report = check(cross_entropy, lambda p, d: cross_entropy_backward(p, d) | more, inputs)
    assert (report.status, set(report.arrays)) == ("pass", {"x"})


def test_integers_that_have_a_gradient_are_numbers() -> None:
    inputs = {"x": np.array([1, 2, 3])}
    assert (
        check(lambda p: p["x"] ** 2, lambda p, d: {"x": 2 * p["x"] * d}, inputs, np.ones(3)).status == "pass"
    )
    assert check(lambda p: p["x"] ** 2, lambda p, d: {"x": p["x"] * d}, inputs, np.ones(3)).status == "fail"


def test_labels_alone_leave_nothing_to_check() -> None:
    with pytest.raises(CallError, match="all inputs are integers"):
        check(lambda p: 1.0 * p["y"].sum(), lambda p, d: {"y": None}, {"y": np.arange(3)})


def test_numbers_and_lists_are_arrays_too() -> None:
    inputs = {"x": [[1.0, 2.0]], "k": 3.0}
    report = check(
        lambda p: p["k"] * p["x"],
        lambda p, d: {"x": p["k"] * d, "k": np.sum(p["x"] * d)},
        inputs,
        [[1.0, -2.0]],
    )
    assert (report.status, set(report.arrays)) == ("pass", {"x", "k"})


def test_what_a_function_raises_is_passed_on_with_who_raised_it() -> None:
    def broken(*arguments: Any) -> Any:
        raise KeyError("W3")

    with pytest.raises(KeyError) as raised:
        check(broken, backward, INPUTS, DOUT)
    assert any("forward(inputs)" in note for note in raised.value.__notes__)
    with pytest.raises(KeyError) as raised:
        check(forward, broken, INPUTS, DOUT)
    assert any("backward(inputs, dout)" in note for note in raised.value.__notes__)


def test_an_input_that_has_no_gradient_is_not_judged() -> None:
    report = check(forward, lambda p, d: {"b": d.sum(axis=0)}, INPUTS, DOUT)
    assert (report.status, set(report.arrays)) == ("pass", {"b"})
