"""The toolkit's own update rule."""

import numpy as np

from grader.toolkit import sgd


def test_sgd_steps_against_the_gradient_and_leaves_w_as_it_was() -> None:
    w, dw = np.array([1.0, 2.0]), np.array([10.0, -10.0])
    next_w, config = sgd(w, dw, {"learning_rate": 0.5})
    np.testing.assert_array_equal(next_w, [-4.0, 7.0])
    np.testing.assert_array_equal(w, [1.0, 2.0])
    assert config == {"learning_rate": 0.5}


def test_sgd_works_without_a_config() -> None:
    next_w, config = sgd(np.array([1.0]), np.array([1.0]))
    np.testing.assert_allclose(next_w, [0.99])
    assert config == {"learning_rate": 1e-2}
