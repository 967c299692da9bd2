"""Every attack gains nothing and harms nothing; and works, where what holds it is switched off."""

from __future__ import annotations

import sys
from itertools import product

import pytest
from _pytest.mark import ParameterSet

from grader.sandbox.mechanisms import MECHANISMS
from tests.attacks.conftest import Worker
from tests.attacks.corpus import Attack, attacks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the corpus attacks Linux")
USERS = ("root", "user")
SHOWN = [(attack, user) for attack in attacks() for user in attack.shown_as]
ALONE = list({attack.name: (attack, user) for attack, user in reversed(SHOWN)}.values())
"""Each once: what a mechanism denies by itself it denies to both."""


def runs() -> list[ParameterSet]:
    """Who tries each attack at which level: each once in the suite, all of them in `make slow`.

    In the suite a third of the wire's are tried; the kernel's sealed, by root and an ordinary user in turns.
    Where it has no say, each user and each level once tell as much as all four: in turns too.
    """
    found = []
    for number, attack in enumerate(attacks()):
        for user, level in product(USERS, ("limited", "sealed")):
            if not attack.is_the_kernels and (user == "root") != (level == "sealed"):
                continue
            in_turn = (user == "root") == (number % 2 == 0)
            first = in_turn and (level == "sealed" or not attack.is_the_kernels)
            first = first and (number % 3 == 0 or not attack.name.startswith("wire/"))
            found.append(pytest.param(attack, user, level, marks=[] if first else [pytest.mark.slow]))
    return found


def _name(value: object) -> str:
    return str(getattr(value, "name", value))


@pytest.mark.parametrize(("attack", "worker", "level"), runs(), indirect=["worker"], ids=_name)
def test_it_gains_nothing_and_harms_nothing(attack: Attack, worker: Worker, level: str) -> None:
    # Deadlines are half a second here: a machine that stalls so long is no hole. A hole is there again.
    assert not broken(attack, worker, level) or not (again := broken(attack, worker, level)), again


def broken(attack: Attack, worker: Worker, level: str) -> list[str]:
    """The invariants that do not hold, in words."""
    found = worker.ask("judge", attack=attack.name, level=level)
    status, score, _, message = found["questions"][attack.target]
    holds = {
        f"the level is {found['level']}": found["level"] == level,
        f"I1: a point was forged: {status}": status not in ("passed", "grader_fault") and score == 0,
        "I2: a right submission after it is judged otherwise": found["control"][0] == found["control"][1],
        f"I3: something is left: {found['left']}": found["left"] == [] or level != "sealed",
        f"I4: the grader's memory grew by {found['grown']:,}": found["grown"] < 100 << 20,
        f"I4: it took {found['seconds']:.1f} s of the grader's time": found["seconds"] < 6,
        "I5: the report is not what was written": found["whole"],
        "I5: the page shows what was not escaped": found["escaped"],
        f"I5: the page is too long to be read: {found['size']:,}": found["size"] < 1 << 20,
        f"I5: the report tells inputs of hidden cases: {found['told']}": found["told"] == [],
        "I5: no cause is given": bool(message),
        f"I6: another question was not judged: {found['questions']}": all(
            found["questions"][name][0] == "passed" for name in attack.others
        ),
    }
    return [what for what, held in holds.items() if not held]


@pytest.mark.slow
@pytest.mark.parametrize(("attack", "worker"), SHOWN, indirect=["worker"], ids=_name)
def test_it_works_where_nothing_holds_it(attack: Attack, worker: Worker) -> None:
    found = worker.ask("works", attack=attack.name)
    if not found["anywhere"]:
        pytest.skip("this kernel, or a container around it, denies it to everybody")
    assert found["worked"]


@pytest.mark.slow
@pytest.mark.parametrize(("attack", "worker"), ALONE, indirect=["worker"], ids=_name)
def test_each_of_what_holds_it_does_so_alone(attack: Attack, worker: Worker) -> None:
    assert worker.ask("alone", attack=attack.name)["worked"] == []


@pytest.mark.parametrize("mechanism", [m.name for m in MECHANISMS if m.name != "sandbox_init"])
def test_each_mechanism_is_seen_to_matter(mechanism: str) -> None:
    assert sum(mechanism in attack.held_by for attack in attacks()) >= 3


@pytest.mark.parametrize("worker", USERS, indirect=True)
def test_both_users_are_sealed(worker: Worker) -> None:
    found = worker.ask("level")
    assert found["level"] == "sealed"
    assert (found["user"] == 0) == (worker.user == "root")
    assert all(found["attempts"].values())


def test_there_are_enough() -> None:
    assert len(attacks()) >= 90
    assert len({attack.title for attack in attacks()}) == len(attacks())
    names = {mechanism.name for mechanism in MECHANISMS}
    assert all(set(attack.held_by) <= names for attack in attacks())
