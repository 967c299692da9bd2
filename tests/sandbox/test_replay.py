"""A recorded case, replayed: objects stay themselves, results are copied at once, failures stay apart."""

from __future__ import annotations

import types
from typing import Any

import numpy as np
import pytest

from grader.checks.values import values
from grader.course.recorder import Entry, apply, record, update
from grader.model import Absent, Case, CaseResult, Check, Formula, Input, Ref, Step
from grader.sandbox import LocalSession
from grader.sandbox import replay as replay_module
from grader.sandbox.messages import pack_program, unpack_program
from grader.sandbox.replay import replay, restore_default_rng

REFERENCE = """
import numpy as np
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)
def affine_backward(dout, cache):
    x, w, b = cache[:3]
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(0)
def momentum(w, dw, config):
    config['v'] = 0.9 * config['v'] - 0.1 * dw
    return w + config['v'], config
class Net:
    def __init__(self, d=3): self.params = {'W': np.zeros(d)}
    def loss(self, X): return float((X @ self.params['W']).sum())
"""


def module(source: str) -> dict[str, Any]:
    made = types.ModuleType("answer")
    exec(source, made.__dict__)
    return made.__dict__


def case_of(author: Any) -> Case:
    return record(module(REFERENCE), author, question="q", label="", rung=0, hidden=False, seed=3)


def run(case: Case, source: str = REFERENCE) -> CaseResult:
    namespace = module(source)

    def lookup(name: str) -> Any:
        if name not in namespace:
            raise NameError(name)
        return namespace[name]

    try:
        return replay(case, lookup)
    finally:
        restore_default_rng()


def layers(impl: Any) -> list[Check]:
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=(4, 3, 2)), rng.normal(size=(6, 5)), rng.normal(size=5)
    out, cache = impl.affine_forward(x, w, b)
    dx, dw, db = impl.affine_backward(rng.normal(size=(4, 5)), cache)
    return [values(out=out, dx=dx, dw=dw, db=db)]


def test_the_recording_is_the_key() -> None:
    case = case_of(layers)
    for value, expected in zip(run(case).values, case.key, strict=True):
        assert np.array_equal(value, expected)


@pytest.mark.parametrize(
    "change",
    [("(x, w, b)\n", "(x, w, b, 'more')\n"), ("return x.r", "print('noise'); return x.r")],
)
def test_a_cache_of_ones_own_form_is_passed_on_as_it_is(change: tuple[str, str]) -> None:
    case = case_of(layers)
    result = run(case, REFERENCE.replace(*change))
    assert not result.failures
    assert np.array_equal(result.values[3], case.key[3])


def test_a_wrong_answer_is_seen_where_it_is() -> None:
    case = case_of(layers)
    result = run(case, REFERENCE.replace("dout.sum(0)", "dout.mean(0)"))
    same = [np.array_equal(v, k) for v, k in zip(result.values, case.key, strict=True)]
    assert same == [True, True, True, False]


def test_a_config_stays_one_object_and_results_are_copied_at_once() -> None:
    def steps(impl: Any) -> list[Check]:
        w, config = np.ones(2), {"v": np.zeros(2)}
        first, config = impl.momentum(w, np.ones(2), config)
        second, config = impl.momentum(first, np.ones(2), config)
        return [values(first=first, second=second)]

    in_place = REFERENCE.replace("return w + config['v'], config", "w += config['v']; return w, config")
    case = case_of(steps)
    result = run(case, in_place)
    assert np.allclose(result.values[0], case.key[0])
    assert np.allclose(result.values[1], case.key[1])


def test_a_held_object_is_read_and_written_by_recorded_steps() -> None:
    def net(impl: Any) -> list[Check]:
        model = impl.Net(3)
        model.set(params={"W": np.array([1.0, 2.0, 3.0])})
        loss = model.loss(np.ones((2, 3)))
        return [values(loss=loss, W=model.params["W"])]

    result = run(case_of(net))
    assert result.values[0] == 12.0
    assert np.array_equal(result.values[1], [1, 2, 3])


def test_assigning_to_a_held_object_is_refused() -> None:
    def net(impl: Any) -> list[Check]:
        impl.Net(3).params = {}
        return []

    with pytest.raises(TypeError, match="set"):
        case_of(net)


def test_one_failing_step_takes_down_only_what_needs_it() -> None:
    def three(impl: Any) -> list[Check]:
        a, _ = impl.affine_forward(np.ones((1, 1)), np.ones((1, 1)), np.ones(1))
        model = impl.Net(3)
        loss = model.loss(np.ones((2, 3)))
        return [values(a=a, loss=loss)]

    result = run(case_of(three), REFERENCE.replace("return x.r", "1 / 0; return x.r"))
    assert result.failures[0].error == "ZeroDivisionError"
    assert result.values[0] == Absent("nothing")
    assert result.values[1] == 0.0


def test_a_missing_function_is_missing_and_not_an_error() -> None:
    result = run(case_of(layers), REFERENCE.replace("def affine_backward", "def other"))
    assert result.failures[1].kind == "missing"


def test_changed_arguments_are_named() -> None:
    result = run(
        case_of(layers), REFERENCE.replace("x, w, b = cache[:3]", "x, w, b = cache[:3]; x[:] = 0; dout *= 2")
    )
    assert {(c.step, c.argument, c.path) for c in result.changed} == {(1, 0, ()), (1, 1, (0,))}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("return x", Absent("one array", "(4, 3, 2)")),
        ("return 1.5", Absent("one value", "float")),
        ("return ()", Absent("no index", "0")),
        ("return None", Absent("None")),
        ("return (object(), 1)", Absent("type", "object")),
    ],
)
def test_a_structure_that_is_not_there_is_described(answer: str, expected: Absent) -> None:
    source = REFERENCE.replace("return x.reshape(len(x), -1) @ w + b, (x, w, b)", answer)
    assert run(case_of(layers), source).values[0] == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("{}", Absent("empty dict")),
        ("3", Absent("not a dict", "int")),
        ("{'w\\x1b': 1, 'a': 2}", Absent("no key", r"'a', 'w\x1b'")),
        ("{str(n) * 60: n for n in range(30)}", None),
    ],
)
def test_an_entry_that_is_not_there_is_described(config: str, expected: Absent | None) -> None:
    def author(impl: Any) -> list[Check]:
        _, config = impl.momentum(np.ones(2), np.ones(2), {"v": np.zeros(2)})
        return [values(v=Entry(config, "v"))]

    source = REFERENCE.replace("return w + config['v'], config", f"return w, {config}")
    value = run(case_of(author), source).values[0]

    assert value == expected or (value.what == "no key" and len(value.detail) < 600)


def test_an_answer_that_breaks_python_itself_is_a_crash_with_a_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(x: Any, w: Any, b: Any) -> Any:
        monkeypatch.setattr(replay_module, "_snapshot", None)
        return x, ()

    (result,) = LocalSession({"affine_forward": broken}).run([case_of(layers)])

    failure = result.failures[0]
    assert (failure.kind, failure.cause) == ("crashed", "broken Python")
    assert failure.message.startswith("TypeError: ")


def test_random_numbers_are_the_same_each_time_whatever_their_source() -> None:
    source = REFERENCE.replace(
        "np.zeros(d)", "np.random.randn(d) + np.random.default_rng().normal(size=d) + np.random.rand()"
    )

    def net(impl: Any) -> list[Check]:
        return [values(W=impl.Net(3).params["W"])]

    one, two = run(case_of(net), source), run(case_of(net), source)
    assert np.array_equal(one.values[0], two.values[0])


def test_formulas_arrive_as_functions() -> None:
    def measure(impl: Any) -> list[Check]:
        return [values(y=impl.apply(Formula("np.sum(x ** 2)"), np.array([1.0, 2.0])))]

    source = REFERENCE + "\ndef apply(f, x): return f(x)\n"
    case = record(module(source), measure, question="q", label="", rung=0, hidden=False, seed=1)
    assert run(case, source).values[0] == 5.0


def laid_over(impl: Any) -> list[Check]:
    w, config = np.zeros(2), {"v": np.ones(2)}
    one, config = impl.momentum(w, np.ones(2), config)
    config = update(impl, config, v=np.full(2, 10.0))
    two, config = impl.momentum(w, np.ones(2), config)
    return [values(one=one, two=two, v=Entry(config, "v"))]


def test_a_state_is_laid_over_what_the_student_keeps() -> None:
    case = case_of(laid_over)
    np.testing.assert_allclose(case.key[1], [8.9, 8.9])
    kept = REFERENCE.replace(
        "return w + config['v'], config",
        "config['n'] = config.get('n', 0) + 1; return w + config['v'] * config['n'], config",
    )
    result = run(case, kept)
    np.testing.assert_allclose(result.values[1], [17.8, 17.8])  # its own count is still there
    np.testing.assert_allclose(result.values[2], [8.9, 8.9])


def test_where_no_config_came_back_the_state_stands_alone() -> None:
    result = run(case_of(laid_over), REFERENCE.replace("w + config['v'], config", "w + config['v'], None"))
    np.testing.assert_allclose(result.values[1], [8.9, 8.9])
    assert isinstance(result.values[2], Absent)


def test_a_formula_is_computed_where_the_student_has_got_to() -> None:
    def author(impl: Any) -> list[Check]:
        w, config = impl.momentum(np.ones(2), np.ones(2), {"v": np.zeros(2)})
        w, _ = impl.momentum(w, apply(impl, "x * np.array([1.0, 2.0])", w), config)
        return [values(w=w)]

    case = case_of(author)
    np.testing.assert_allclose(case.key[0], [0.72, 0.63])
    result = run(case, REFERENCE.replace("0.1 * dw", "0.2 * dw"))
    assert not np.allclose(result.values[0], case.key[0])


def test_a_type_of_numbers_crosses_by_its_name() -> None:
    source = REFERENCE + "def zeros(dtype): return np.zeros(2, dtype=dtype), dtype is np.float32\n"

    def author(impl: Any) -> list[Check]:
        made, _ = impl.zeros(np.float32)
        return [values(made=made)]

    case = record(module(source), author, question="q", label="", rung=0, hidden=False, seed=3)
    assert run(case, source).values[0].dtype == np.float32


def test_a_setting_that_comes_back_is_not_taken_for_the_authors() -> None:
    source = "def keep(x, p): return x, (p,)\ndef use(p): return p\n"

    def author(impl: Any) -> list[Check]:
        p = 0.3
        impl.keep(np.ones(1), p)
        return [values(p=impl.use(p))]

    case = record(module(source), author, question="q", label="", rung=0, hidden=False, seed=3)
    assert run(case, source.replace("(p,)", "(2 * p,)")).values == (0.3,)


@pytest.mark.parametrize("literal", [{"t": [0]}, [[0]], np.zeros(1)], ids=["dict", "list", "array"])
def test_a_case_that_changes_its_literals_changes_no_other(literal: Any) -> None:
    """The cases of a ladder share their steps in a child: what one writes there must not reach the next."""

    def spoil(x: Any, config: Any) -> float:
        inner = config["t"] if isinstance(config, dict) else config[0] if isinstance(config, list) else config
        inner[0] += 1
        return float(inner[0])

    steps = (
        Step("call", "spoil", None, (Input(0), literal)),
        Step("call", "spoil", None, (Input(0), literal)),
    )
    keep = (Ref(0), Ref(1))
    for seed in (1, 2):
        sent = Case("", "", 0, False, seed, (np.ones(2),), (), steps, keep, (), ())
        assert replay(unpack_program(pack_program(sent)), {"spoil": spoil}.__getitem__).values == (1.0, 1.0)
