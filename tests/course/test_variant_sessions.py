"""Variants run in children: whatever one does, it ends in seconds, and costs no other variant anything."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

import numpy as np
import pytest

from grader.course.variant_sessions import VariantSession, has_ended, is_out_of_memory, variant_sessions
from grader.course.variants import ChangedModule
from grader.model import Case, CaseResult, Input, Ref, Step
from grader.sandbox import Sandbox, sandbox
from grader.sandbox.mechanisms import MECHANISMS
from grader.sandbox.spawning import Spawning

HALVE = """
import numpy as np

CALLS = []

def halve(x):
    CALLS.append(1)
    {first}
    return x / {divisor}

def twice(x):
    return 2 * x
"""


def changed(first: str = "pass", divisor: int = 2, top: str = "") -> ChangedModule:
    return ChangedModule("reference.small", "halve", f"{HALVE.format(first=first, divisor=divisor)}\n{top}")


def case(name: str = "halve", value: float = 6.0) -> Case:
    step = Step("call", name, None, (Input(0),))
    inputs = (np.array([value]),)
    return Case("q", "", 0, False, 7, inputs, ("x",), (step,), (Ref(0),), (), (), deadline=0.4)


@pytest.fixture
def reference(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """A reference of one module, loaded as a course's is."""
    path = tmp_path_factory.mktemp("reference") / "small.py"
    path.write_text(HALVE.format(first="pass", divisor=2))
    for name in [name for name in sys.modules if name.partition(".")[0] in ("reference", "assignments")]:
        monkeypatch.delitem(sys.modules, name)
    package, module = ModuleType("reference"), ModuleType("reference.small")
    package.__path__ = []
    module.__file__ = str(path)
    exec(path.read_text(), module.__dict__)
    monkeypatch.setitem(sys.modules, "reference", package)
    monkeypatch.setitem(sys.modules, "reference.small", module)
    return dict(module.__dict__)


def asked(
    where: Sandbox,
    changes: Sequence[ChangedModule],
    reference: dict[str, object],
    cases: Sequence[Case] = (case(),),
) -> Iterator[tuple[VariantSession, list[CaseResult]]]:
    for session in variant_sessions(where, changes, {"halve", "twice"}, reference):
        yield session, list(session.run(cases))


LOOP = "while True: pass"
ALLOCATE = "kept = [np.zeros(1 << 22) for _ in iter(int, 1)]"
ENDS = {"loops": LOOP, "allocates": ALLOCATE, "ends its process": "import os; os._exit(0)"}


@pytest.mark.parametrize("first", ENDS.values(), ids=list(ENDS))
def test_a_variant_without_end_costs_no_other(
    first: str, reference: dict[str, object], sandbox: Sandbox
) -> None:
    changes = [changed(divisor=3), changed(first), changed(divisor=4)]

    results = [found[0] for _, found in asked(sandbox, changes, reference)]

    assert [has_ended(result) for result in results] == [True, False, True]
    assert (results[0].values[0], results[2].values[0]) == (2.0, 1.5)


def test_memory_is_what_a_variant_ended_of(reference: dict[str, object], sandbox: Sandbox) -> None:
    ((_, (result,)),) = asked(sandbox, [changed(ALLOCATE)], reference)

    assert is_out_of_memory(result)


def test_memory_that_another_variant_holds_is_not_missing(
    reference: dict[str, object], sandbox: Sandbox
) -> None:
    greedy = changed("CALLS.append(np.zeros(60 << 20))")  # 480 MB, kept
    changes = [greedy, greedy, greedy]

    results = [found[0] for _, found in asked(sandbox, changes, reference)]

    assert [has_ended(result) for result in results] == [True, True, True]


@pytest.mark.parametrize(
    "top", [pytest.param(LOOP, marks=pytest.mark.slow), ALLOCATE, "1 / 0", "import os; os._exit(0)"]
)
def test_a_variant_that_cannot_be_loaded_says_so(
    top: str, reference: dict[str, object], sandbox: Sandbox
) -> None:
    changes = [changed(divisor=3), changed(top=top), changed(divisor=4)]

    found = list(asked(sandbox, changes, reference))

    assert [bool(session.problems) for session, _ in found] == [False, True, False]
    assert (found[0][1][0].values[0], found[2][1][0].values[0]) == (2.0, 1.5)


def test_only_the_changed_definition_is_the_variants(reference: dict[str, object], sandbox: Sandbox) -> None:
    text = HALVE.format(first="pass", divisor=3).replace("2 * x", "5 * x")
    both = ChangedModule("reference.small", "halve", text)

    ((_, (half, double)),) = asked(sandbox, [both], reference, [case(), case("twice")])

    assert (half.values[0], double.values[0]) == (2.0, 12.0)


def test_each_variant_has_a_module_of_its_own(reference: dict[str, object], sandbox: Sandbox) -> None:
    counting = changed("x = x * len(CALLS)")

    results = [found for _, found in asked(sandbox, [counting] * 2, reference, [case(), case(value=2.0)])]

    assert [[result.values[0] for result in found] for found in results] == [[3.0, 2.0]] * 2


def test_derivatives_and_effort_are_the_variants(reference: dict[str, object], sandbox: Sandbox) -> None:
    point = {0: np.array([9.0])}

    found = [
        (session.evaluate(case(), Ref(0), [point])[0], session.effort(case(), 0))
        for session in variant_sessions(sandbox, [changed(divisor=3)], {"halve"}, reference)
    ]

    ((value, effort),) = found
    assert value == 3.0
    assert effort is not None


def test_many_that_cannot_be_loaded_are_loaded_one_by_one(
    reference: dict[str, object], sandbox: Sandbox
) -> None:
    ends = changed(top="import os; os._exit(0)")

    found = list(asked(sandbox, [*[ends] * 6, changed(divisor=3)], reference))

    assert [bool(session.problems) for session, _ in found] == [*[True] * 6, False]
    assert found[-1][1][0].values[0] == 2.0


@pytest.mark.slow
def test_it_works_without_fork(reference: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_launcher", Spawning)
    with Sandbox(without=[m.name for m in MECHANISMS if m.name != "resource limits"]) as spawned:
        results = [found[0] for _, found in asked(spawned, [changed(LOOP), changed(divisor=3)], reference)]

    assert [has_ended(result) for result in results] == [False, True]
    assert results[1].values[0] == 2.0
