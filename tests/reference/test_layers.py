from typing import Any

import numpy as np
import pytest

from reference.layers import (
    affine_backward,
    affine_forward,
    affine_relu_backward,
    affine_relu_forward,
    relu_backward,
    relu_forward,
)
from tests.reference.measured import Array, gradient, scaled_error
from tests.reference.published import NUMBERS, array


@pytest.fixture
def inputs() -> tuple[Array, Array, Array, Array]:
    """Inputs x (4, 2, 3), w (6, 5), b (5,), dout (4, 5): all sizes different, both signs."""
    rng = np.random.default_rng(0)
    return (
        rng.normal(size=(4, 2, 3)),
        rng.normal(size=(6, 5)),
        rng.normal(scale=0.5, size=5),
        rng.normal(size=(4, 5)),
    )


def test_affine_forward_gives_the_published_numbers() -> None:
    case = NUMBERS["affine_forward"]
    x, w, b = (array(case["inputs"][name]) for name in "xwb")
    out, _ = affine_forward(x, w, b)
    np.testing.assert_allclose(out, case["out"], rtol=0, atol=case["atol"])


def test_affine_forward_caches_its_inputs_as_they_came(
    inputs: tuple[Array, Array, Array, Array],
) -> None:
    x, w, b, _ = inputs
    out, cache = affine_forward(x, w, b)
    assert out.shape == (4, 5)
    assert len(cache) == 3
    assert cache[0] is x
    assert cache[1] is w
    assert cache[2] is b
    assert x.shape == (4, 2, 3)


def test_affine_backward_agrees_with_measured_slopes(
    inputs: tuple[Array, Array, Array, Array],
) -> None:
    x, w, b, dout = inputs
    dx, dw, db = affine_backward(dout, affine_forward(x, w, b)[1])
    assert scaled_error(dx, gradient(lambda v: affine_forward(v, w, b)[0], x, dout)) < 1e-8
    assert scaled_error(dw, gradient(lambda v: affine_forward(x, v, b)[0], w, dout)) < 1e-8
    assert scaled_error(db, gradient(lambda v: affine_forward(x, w, v)[0], b, dout)) < 1e-8


def test_affine_backward_takes_a_cache_with_further_entries(
    inputs: tuple[Array, Array, Array, Array],
) -> None:
    x, w, b, dout = inputs
    longer = (x, w, b, x.reshape(4, 6))
    dx, _, _ = affine_backward(dout, longer)  # type: ignore[arg-type]
    np.testing.assert_array_equal(dx, affine_backward(dout, (x, w, b))[0])


def test_relu_forward_gives_the_published_numbers() -> None:
    case = NUMBERS["relu_forward"]
    x = array(case["inputs"]["x"])
    out, cache = relu_forward(x)
    np.testing.assert_allclose(out, case["out"], rtol=0, atol=case["atol"])
    assert cache is x
    np.testing.assert_array_equal(x, array(case["inputs"]["x"]))


def test_relu_backward_agrees_with_measured_slopes() -> None:
    rng = np.random.default_rng(1)
    x = rng.choice([-1.0, 1.0], size=(3, 2, 4)) * rng.uniform(0.1, 2.0, size=(3, 2, 4))
    dout = rng.normal(size=x.shape)
    dx = relu_backward(dout, relu_forward(x)[1])
    assert scaled_error(dx, gradient(lambda v: relu_forward(v)[0], x, dout)) < 1e-8


def test_relu_backward_is_zero_at_zero() -> None:
    np.testing.assert_array_equal(relu_backward(np.ones(3), np.array([-1.0, 0.0, 1.0])), [0, 0, 1])


def test_relu_backward_writes_to_nothing_it_is_given() -> None:
    x, dout = np.array([[-2.0, 3.0]]), np.array([[5.0, 7.0]])
    _, cache = relu_forward(x)
    first = relu_backward(dout, cache)
    np.testing.assert_array_equal(x, [[-2.0, 3.0]])
    np.testing.assert_array_equal(dout, [[5.0, 7.0]])
    np.testing.assert_array_equal(relu_backward(dout, cache), first)


def test_sandwich_is_the_two_layers_in_turn(inputs: tuple[Array, Array, Array, Array]) -> None:
    x, w, b, dout = inputs
    out, cache = affine_relu_forward(x, w, b)
    np.testing.assert_array_equal(out, np.maximum(0, x.reshape(4, 6) @ w + b))
    dx, dw, db = affine_relu_backward(dout, cache)
    assert scaled_error(dx, gradient(lambda v: affine_relu_forward(v, w, b)[0], x, dout)) < 1e-8
    assert scaled_error(dw, gradient(lambda v: affine_relu_forward(x, v, b)[0], w, dout)) < 1e-8
    assert scaled_error(db, gradient(lambda v: affine_relu_forward(x, w, v)[0], b, dout)) < 1e-8


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_layers_keep_the_precision_they_are_given(dtype: type[np.floating[Any]]) -> None:
    x, w, b = np.ones((2, 3), dtype), np.ones((3, 4), dtype), np.ones(4, dtype)
    out, cache = affine_relu_forward(x, w, b)
    assert [v.dtype for v in (out, *affine_relu_backward(out, cache))] == [dtype] * 4
