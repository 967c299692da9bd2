import numpy as np

from reference.numerical import numerical_gradient


def test_measures_the_slopes_of_a_known_function() -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    measured = numerical_gradient(lambda v: float(np.sum(np.sin(v))), x)
    np.testing.assert_allclose(measured, np.cos(x), rtol=0, atol=1e-9)


def test_differences_are_central() -> None:
    # The one-sided slope of v² at 3 with h = 0.5 is 6.5; the central one is exact for a parabola.
    assert numerical_gradient(lambda v: float(v[0] ** 2), np.array([3.0]), h=0.5)[0] == 6.0


def test_default_step() -> None:
    seen: list[float] = []

    def remember(v: np.ndarray) -> float:
        seen.append(float(v[0]))
        return 0.0

    numerical_gradient(remember, np.zeros(1))
    np.testing.assert_allclose(sorted(seen), [-1e-5, 1e-5], rtol=1e-12)


def test_x_comes_back_bit_for_bit() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=200) * 10.0 ** rng.integers(-12, 12, size=200)
    before = x.tobytes()
    numerical_gradient(lambda v: float(v.sum()), x)
    assert x.tobytes() == before


def test_f_may_read_x_by_another_name() -> None:
    params = {"W": np.array([[1.0, 2.0]])}
    measured = numerical_gradient(lambda _: float(np.sum(params["W"] ** 2)), params["W"])
    np.testing.assert_allclose(measured, [[2.0, 4.0]], rtol=1e-8)


def test_a_single_number_has_a_gradient() -> None:
    measured = numerical_gradient(lambda v: float(v**3), np.array(2.0))
    assert measured.shape == ()
    np.testing.assert_allclose(measured, 12.0, rtol=1e-8)
