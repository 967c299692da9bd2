"""The sandbox, with real children: deaths, deadlines and hostile answers cost one case and no other."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace

import numpy as np
import pytest

from grader.model import Absent, Case, Chunk, Failure, Input, Load, Module, Ref, Step
from grader.sandbox import Limits, Sandbox, forking
from grader.source import parse_cell

X = np.array([1.0, -2.0, 3.0])


def load(*cells: str, modules: tuple[Module, ...] = ()) -> Load:
    chunks = []
    for number, text in enumerate(cells, start=1):
        tree = parse_cell(text).tree
        assert tree is not None
        chunks.append(Chunk(f"cell {number}", text, tuple(range(len(tree.body)))))
    return Load(tuple(chunks), modules)


def call(name: str, deadline: float = 5.0) -> Case:
    step = Step("call", name, None, (Input(0),))
    return Case("q", "", 0, False, 7, (X,), ("x",), (step,), (Ref(0),), (), (), deadline=deadline)


GOOD = "def good(x):\n    return x * 2\n"


def test_a_result_comes_back_as_an_array(sandbox: Sandbox) -> None:
    with sandbox.open(load(GOOD)) as session:
        (result,) = session.run([call("good")])
    assert np.array_equal(result.values[0], X * 2)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("import os; os._exit(0)", Failure("crashed", cause="exit")),
        ("import sys; sys.exit()", Failure("raised", "SystemExit")),
        ("raise KeyboardInterrupt", Failure("raised", "KeyboardInterrupt")),
        ("while True: pass", Failure("timeout", cause="deadline")),
        ("import ctypes; ctypes.string_at(0)", Failure("crashed", cause="signal")),
        ("return f(x)", Failure("raised", "RecursionError")),
        ("return [0] * 10 ** 10", Failure("raised", "MemoryError")),
        ("import os; os.abort()", Failure("crashed", cause="signal")),
    ],
    ids=lambda value: value.cause or value.error if isinstance(value, Failure) else "",
)
def test_a_case_that_dies_costs_no_other(sandbox: Sandbox, body: str, expected: Failure) -> None:
    with sandbox.open(load(GOOD, f"def f(x):\n    {body}\n")) as session:
        first, bad, last = session.run([call("good"), call("f", deadline=0.4), call("good")])
    failure = bad.failures[0]
    assert replace(failure, message="", place=None, amount=0.0) == expected
    if expected.cause == "deadline":  # a machine that is busy is given longer
        assert failure.amount >= 0.4
    assert np.array_equal(first.values[0], X * 2)
    assert np.array_equal(last.values[0], X * 2)


def test_a_signal_is_named(sandbox: Sandbox) -> None:
    with sandbox.open(load("import ctypes\ndef f(x):\n    return ctypes.string_at(0)\n")) as session:
        (result,) = session.run([call("f")])
    assert result.failures[0] == Failure("crashed", message="SIGSEGV", cause="signal")


def test_a_cell_that_dies_at_import_loses_its_statements_and_no_definition(sandbox: Sandbox) -> None:
    cells = ("import os\ndef before(x):\n    return x\nos._exit(0)", GOOD)
    with sandbox.open(load(*cells)) as session:
        results = list(session.run([call("before"), call("good")]))
        problems = session.problems
    assert not any(result.failures for result in results)
    assert problems[-1][0] == "cell 1"


def test_what_fails_while_loading_says_where(sandbox: Sandbox) -> None:
    with sandbox.open(load("x = 1\ny = 1 / 0\n", GOOD)) as session:
        ((label, failure),) = session.problems
        (result,) = session.run([call("good")])
    assert (label, failure.error, failure.place and failure.place.line) == ("cell 1", "ZeroDivisionError", 2)
    assert not result.failures


@pytest.mark.parametrize("given", [True, False])
def test_a_future_import_holds_for_the_cells_after_it(sandbox: Sandbox, given: bool) -> None:
    annotated = load("from __future__ import annotations", "def f(x: Nothing):\n    return x * 2\n")
    first, second = annotated.chunks
    with sandbox.open(replace(annotated, chunks=(replace(first, given=given), second))) as session:
        (result,) = session.run([call("f")])
    assert not session.problems
    assert np.array_equal(result.values[0], X * 2)


def test_a_cell_may_wait_at_its_top_level(sandbox: Sandbox) -> None:
    cell = "async def two():\n    return 2\n\nfactor = await two()\ndef f(x):\n    return x * factor\n"
    with sandbox.open(load(cell)) as session:
        (result,) = session.run([call("f")])
    assert np.array_equal(result.values[0], X * 2)


def test_an_exception_names_the_students_own_line(sandbox: Sandbox) -> None:
    with sandbox.open(
        load("import numpy as np\ndef f(x):\n    y = x + 1\n    return np.dot(y, y[:2])\n")
    ) as session:
        (result,) = session.run([call("f")])
    place = result.failures[0].place
    assert place is not None
    assert (place.cell, place.line, place.text) == ("cell 1", 4, "return np.dot(y, y[:2])")


def test_modules_are_served_from_memory(sandbox: Sandbox) -> None:
    modules = (
        Module("pkg", "", True),
        Module("pkg.layers", "from .util import two\ndef good(x):\n    return two * x\n"),
        Module("pkg.util", "two = 2\n"),
    )
    with sandbox.open(load("from pkg.layers import good\n", modules=modules)) as session:
        (good,) = session.run([call("good")])
        assert session.problems == []
    assert np.array_equal(good.values[0], X * 2)


def test_what_numpy_imports_late_is_there(sandbox: Sandbox) -> None:
    body = "    return np.rec.fromarrays([x]).f0 + (np.char.upper('a') == 'A')\n"
    with sandbox.open(load("import numpy as np", f"def late(x):\n{body}")) as session:
        (result,) = session.run([call("late")])

    assert np.array_equal(result.values[0], X + 1)


def test_prints_are_bounded_and_warnings_cost_nothing(sandbox: Sandbox) -> None:
    body = "    print('a' * 10_000_000)\n    warnings.warn('w')\n    sys.stderr.write('e')\n    return x\n"
    noisy = "import warnings, sys\ndef f(x):\n" + body
    with sandbox.open(load(noisy)) as session:
        (result,) = session.run([call("f")])
    assert not result.failures
    assert len(result.output) < 5_000


@pytest.mark.parametrize(
    "body",
    [
        "os.write(3, b'\\xff' * 64)",
        "os.write(3, (50).to_bytes(4, 'little') + b'N' * 50)",
        "os.close(3)",
        "os.write(3, (2 ** 32 - 1).to_bytes(4, 'little'))",
    ],
)
def test_frames_of_ones_own_are_refused(sandbox: Sandbox, body: str) -> None:
    with sandbox.open(load(GOOD, f"import os\ndef f(x):\n    {body}\n    return x\n")) as session:
        bad, good = session.run([call("f", deadline=0.5), call("good")])
    assert bad.failures[0].kind in ("crashed", "timeout")
    assert np.array_equal(good.values[0], X * 2)


def test_what_is_no_value_does_not_cross(sandbox: Sandbox) -> None:
    with sandbox.open(load("def f(x):\n    return object()\ndef g(x):\n    return {1: x}\n")) as session:
        results = list(session.run([call("f"), call("g")]))
    assert [result.values[0] for result in results] == [Absent("type", "object"), Absent("odd key")]


def test_files_cannot_be_written_and_memory_is_bounded(sandbox: Sandbox, tmp_path: object) -> None:
    body = f"def f(x):\n    open({str(tmp_path)!r} + '/out', 'w').write('x' * 100)\n"
    memory = "import numpy as np\ndef g(x):\n    return np.ones(10 ** 9).sum()\n"
    with sandbox.open(load(body, memory)) as session:
        _, second = session.run([call("f"), call("g")])
    assert second.failures[0].error == "MemoryError" or second.failures[0].kind == "crashed"
    assert not any((tmp_path / name).stat().st_size for name in os.listdir(str(tmp_path)))  # type: ignore[operator]


def test_points_are_evaluated_in_the_child(sandbox: Sandbox) -> None:
    with sandbox.open(load(GOOD)) as session:
        found = session.evaluate(call("good"), Ref(0), [{0: X}, {0: X + 1}, {0: np.zeros(2)}])
    assert [list(value) for value in found] == [[2, -4, 6], [4, -2, 8], [0, 0]]


def test_processor_time_is_bounded(sandbox: Sandbox) -> None:
    with sandbox.open(load("def f(x):\n    while True: pass\n"), Limits(cpu=1)) as session:
        (result,) = session.run([call("f", deadline=20.0)])
    assert result.failures[0].kind == "timeout"
    assert (result.failures[0].cause, result.failures[0].amount) == ("processor time", 1)


def test_nothing_is_left_behind() -> None:
    with Sandbox() as own:
        session = own.open(load(GOOD))
        assert session._child is not None
        pid = session._child.pid
        zygote = own._launcher._process.pid  # type: ignore[attr-defined]
    session.close()  # after its sandbox: a with statement would have it the other way round
    for process in (pid, zygote):
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_module_of_the_submissions_own_wins_over_a_loaded_one(sandbox: Sandbox) -> None:
    modules = (Module("statistics", GOOD),)
    with sandbox.open(load("from statistics import good\n", modules=modules)) as session:
        (result,) = session.run([call("good")])
    assert np.array_equal(result.values[0], X * 2)


def test_patched_builtins_break_the_patcher_only(sandbox: Sandbox) -> None:
    patch = "import builtins\nbuiltins.any = builtins.len = builtins.isinstance = lambda *a: True\nx = 1\n"
    with sandbox.open(load(patch, GOOD)) as session:
        (result,) = session.run([call("good")])
    assert np.array_equal(result.values[0], X * 2)


def test_signals_mean_the_same_whatever_the_caller_ignores() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as nohup and a background CI do
    try:
        with Sandbox(without=("seccomp",)) as own:  # which denies signals to oneself too
            body = "import os, signal\ndef f(x):\n    os.kill(os.getpid(), signal.SIGINT)\n    return x\n"
            with own.open(load(body)) as session:
                (result,) = session.run([call("f")])
    finally:
        signal.signal(signal.SIGINT, before)
    assert result.failures[0].error == "KeyboardInterrupt"


def test_a_submission_has_so_much_time_and_no_more(sandbox: Sandbox) -> None:
    slow = "import time\ndef f(x):\n    time.sleep(0.2)\n    return x * 2\n"
    limits = Limits(session=0.3)
    with sandbox.open(load(slow), limits) as session:
        results = [result for _ in range(4) for result in session.run([call("f")])]
    assert [bool(result.failures) for result in results] == [False, False, True, True]
    failure = results[-1].failures[0]
    assert (failure.kind, failure.cause, failure.amount) == ("timeout", "whole submission", 0.3)


def test_a_submission_that_cannot_be_loaded_is_not_tried_for_every_case(sandbox: Sandbox) -> None:
    everywhere = [f"class C{n}:\n    import os\n    os._exit(0)\n" for n in range(12)]
    with sandbox.open(load(*everywhere, GOOD)) as session:
        before = session._child and session._child.pid
        results = list(session.run([call("good"), call("good")]))
        assert (session._child and session._child.pid) == before
    assert {result.failures[0].cause for result in results} == {"not loaded"}


def test_a_crash_in_a_child_that_others_ran_in_is_tried_in_a_fresh_one(sandbox: Sandbox) -> None:
    spoiler = "import os\ndef f(x):\n    global good\n    good = lambda x: os._exit(0)\n    return x\n"
    with sandbox.open(load(GOOD, spoiler)) as session:
        (first,) = session.run([call("f")])
        (second,) = session.run([call("good")])
    assert not first.failures
    assert np.array_equal(second.values[0], X * 2)


def test_an_answer_far_larger_than_the_right_one_is_not_taken(sandbox: Sandbox) -> None:
    case = replace(call("f"), key=(X,))
    with sandbox.open(load("import numpy as np\ndef f(x):\n    return np.ones(10 ** 6)\n", GOOD)) as session:
        bad, good = session.run([case, call("good")])
    assert bad.failures[0].cause == "large answer"
    assert not good.failures


@pytest.mark.skipif(sys.platform != "linux", reason="there is no zygote to stop")
def test_a_zygote_that_was_stopped_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "_SECONDS", 0.3)
    with Sandbox() as own:
        stopped = own._launcher._process.pid  # type: ignore[attr-defined]
        os.kill(stopped, signal.SIGSTOP)
        with own.open(load(GOOD)) as session:
            (result,) = session.run([call("good")])
    assert np.array_equal(result.values[0], X * 2)
    with pytest.raises(ProcessLookupError):
        os.kill(stopped, 0)


def test_one_question_cannot_lift_the_recursion_limit_of_another(sandbox: Sandbox) -> None:
    lifting = "import sys\ndef f(x):\n    sys.setrecursionlimit(10 ** 6)\n    return x\n"
    asking = "import sys\nimport numpy as np\ndef g(x):\n    return np.array([sys.getrecursionlimit()])\n"
    with sandbox.open(load(lifting, asking)) as session:
        _, limit = session.run([call("f"), call("g")])
    assert limit.values[0][0] == sys.getrecursionlimit()
