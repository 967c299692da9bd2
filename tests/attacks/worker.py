"""A grader of its own, as root or as an ordinary user, that judges attacks and looks at what they left.

Reads one JSON request a line, writes one JSON answer a line. Not the tests' own process: what an attack
breaks here breaks here. The first argument is the folder of privileged programs, where there is one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from grader.course import CourseAssignment, load_assignment
from grader.grading import grade
from grader.intake import load_of, read_submission
from grader.messages import headline
from grader.model import Case, Input, Load, Ref, Report, Step, from_json, to_json
from grader.reporting import student_page
from grader.sandbox import Limits, Sandbox, messages
from grader.sandbox.child_session import ChildSession
from grader.sandbox.launcher import Launcher
from grader.sandbox.mechanisms import LIMITING, MECHANISMS
from grader.sandbox.spawning import Spawning
from tests.attacks import state
from tests.attacks.corpus import TARGET, Attack, find

COURSE = Path(__file__).resolve().parent.parent.parent
LIMITS = Limits(memory=1 << 30, cpu=2, load=0.5, case=0.5)
PATIENT = replace(LIMITS, load=5.0, case=5.0, cpu=20)
"""Where an attack is to work: it may take its time."""
MARK = "# <xss onload=alert(1)>"
"""Stands in every attack's source: it is shown, and must be shown as text."""
WORKED = 42.0
LIMITED = tuple(m.name for m in MECHANISMS if m.name not in LIMITING)
VICTIM = """
import ctypes


class Now:
    library, read_write, private_fixed_anonymous = ctypes.CDLL(None), 3, 0x32
    library.mmap.restype = ctypes.c_void_p
    place, size, start = ctypes.c_void_p(1 << 40), ctypes.c_size_t(4096), ctypes.c_long(0)
    library.mmap(place, size, read_write, private_fixed_anonymous, -1, start)
    ctypes.memmove(place, b"secret", 6)
"""
"""Another submission: it holds something that nobody else may see, where everybody knows."""


class Partly(Sandbox):
    """Children of a launcher that is there, with some mechanisms left out; what holds is known already."""

    def __init__(self, whole: Sandbox, launcher: Launcher, without: tuple[str, ...]) -> None:
        self.limits = LIMITS
        self._launcher = launcher
        kept = [
            m.name for m in MECHANISMS if m.name in whole.measurement.mechanisms and m.name not in without
        ]
        self.measurement = replace(whole.measurement, mechanisms=tuple(kept))


def main() -> None:
    """Answer until stdin ends."""
    for line in sys.stdin:
        request = json.loads(line)
        answer: Any
        try:
            answer = _ANSWERS[request["ask"]](request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for sandbox in _sandboxes.values():
        sandbox.close()
    _spawning.close()
    shutil.rmtree(_folder())


def judge(request: dict[str, Any]) -> dict[str, Any]:
    """Grade an attack, then a right submission; say what was found and what was left."""
    sandbox = _sandbox(request["level"])
    attack = find(request["attack"])
    source = _source(attack, sandbox, dumpable=False) + "\n\n" + MARK + "\n"
    assignment, hidden = _assignment(attack.target)
    sealed = request["level"] == "sealed"
    before = _left() if sealed else set()
    memory = state.reset_peak()
    started = time.monotonic()
    report = _graded(source, attack, sandbox, *attack.others)
    text = to_json(report)
    page = student_page(report)
    seconds = time.monotonic() - started
    grown = state.peak() - memory
    right = _graded(assignment.solutions[attack.target], attack, sandbox)
    return {
        "level": report.sandbox.level,
        "questions": {q.name: [q.status, q.score, q.max_score, headline(q)] for q in report.questions},
        "control": [right.score, right.max_score],
        "left": _left_since(before) if sealed else [],
        "grown": grown,
        "seconds": seconds,
        "whole": from_json(text) == report,
        "escaped": "&lt;xss" in page and not any(tag in page for tag in _OPENED),
        "size": len(page),
        "told": [number for number in _hidden_numbers(hidden) if number in text.decode()],
    }


def works(request: dict[str, Any]) -> dict[str, Any]:
    """Whether an attack reaches what it wants, with the named mechanisms switched off."""
    attack = find(request["attack"])
    worked = _works(attack, _off(attack.held_by))
    return {"worked": worked, "anywhere": worked or _works(attack, tuple(m.name for m in MECHANISMS))}


def alone(request: dict[str, Any]) -> dict[str, Any]:
    """The mechanisms that are said to hold an attack, and do not when the others of them are off."""
    attack = find(request["attack"])
    found = _shared().measurement.mechanisms
    return {"worked": [m for m in attack.held_by if m in found and _works(attack, _off(attack.held_by, m))]}


def level(request: dict[str, Any]) -> dict[str, Any]:
    """What this user's sandbox is, with everything that there is."""
    return {**asdict(_sandbox("sealed").measurement), "user": os.geteuid()}


_OPENED = ("<xss", "<script>alert", "<img src=x", "<b><b>")


def _off(held_by: tuple[str, ...], but: str = "") -> tuple[str, ...]:
    """``held_by`` without ``but`` and what that needs, and with all that needs what is off."""
    needs = {m.name: m.needs for m in MECHANISMS}
    off = {name for name in held_by if name != but and name not in needs.get(but, ())}
    return tuple(m.name for m in MECHANISMS if m.name in off or off & set(m.needs))


def _works(attack: Attack, without: tuple[str, ...]) -> bool:
    sandbox = Partly(_shared(), _shared()._launcher, without)
    shown = _survives if attack.shown_by == "survival" else _answers
    worked = shown(attack, sandbox, _source(attack, sandbox, dumpable="undumpable" in without))
    if "closed descriptors" in without:
        _sandboxes.pop("shared").close()  # what it reached is everybody's
    return worked


def _source(attack: Attack, sandbox: Sandbox, *, dumpable: bool) -> str:
    source = attack.source.replace("@FOLDER", str(_folder()))
    source = source.replace("@PREPARED", sys.argv[1] if len(sys.argv) > 1 else "/nonexistent")
    return source.replace("@VICTIM", str(_victim(dumpable))) if "@VICTIM" in source else source


def _graded(source: str, attack: Attack, sandbox: Sandbox, *others: str) -> Report:
    assignment, hidden = _assignment(attack.target)
    submission = read_submission(_written(source, attack.target, others), assignment.roots, "attack")
    return grade(submission, assignment, sandbox, hidden=hidden, only=[attack.target, *others])


def _written(source: str, target: str, others: tuple[str, ...]) -> Path:
    assignment, _ = _assignment(target)
    right = "\n\n".join(assignment.solutions[name] for name in (*others, *assignment.question(target).needs))
    path = _folder() / "attack.py"
    path.write_text(f"# %%\nimport numpy as np\n\n{right}\n\n# %%\n{source}", encoding="utf-8")
    return path


def _answers(attack: Attack, sandbox: Sandbox, source: str) -> bool:
    with sandbox.open(_load(source), PATIENT) as session:
        (result,) = session.run([_call()])
    value = result.values[0]
    return isinstance(value, np.ndarray) and value.size > 0 and bool(np.all(value == WORKED))


def _survives(attack: Attack, sandbox: Sandbox, source: str) -> bool:
    """Kill the zygote while the attack runs, and see whether it goes on."""
    session = sandbox.open(_load(source), PATIENT)
    zygote = sandbox._launcher._process  # type: ignore[attr-defined]
    life = session._child
    assert life is not None
    life.ask(messages.run_request(_call()))
    life._wire._write()
    used, asked = state.ticks(life.pid), time.monotonic()
    assert _await(
        lambda: (
            state.ticks(life.pid) > used + 2 or (time.monotonic() > asked + 0.1 and state.asleep(life.pid))
        )
    )
    zygote.kill()
    zygote.wait()
    gone = _await(lambda: not state.alive(life.pid), 0.2)
    if not gone:
        os.kill(life.pid, signal.SIGKILL)
    session.close()
    return not gone


@cache
def _load(source: str) -> Load:
    assignment, _ = _assignment(TARGET)
    return load_of(read_submission(_written(source, TARGET, ())), assignment.roots)


def _call() -> Case:
    step = Step("call", TARGET, None, (Input(0),))
    x = np.arange(6.0).reshape(2, 3)
    return Case("q", "", 0, False, 7, (x,), ("x",), (step,), (Ref(0, (0,)),), (), ())


_sandboxes: dict[str, Sandbox] = {}
_spawning = Spawning()


def _sandbox(kind: str) -> Sandbox:
    """``sealed``, ``limited``, or ``shared``: the one of whose zygote all partly sealed children come."""
    if kind not in _sandboxes:
        _sandboxes[kind] = Sandbox(LIMITS, without=LIMITED if kind == "limited" else ())
    return _sandboxes[kind]


def _shared() -> Sandbox:
    return _sandbox("shared")


@cache
def _victim(dumpable: bool) -> int:
    """Another submission's process. A fresh interpreter: a zygote's children inherit that nobody looks in."""
    without = ("undumpable",) if dumpable else ()
    limits = replace(PATIENT, load=30.0)
    sandbox = Partly(_sandbox("sealed"), _spawning, without)
    _keep.append(sandbox.open(_load(VICTIM), limits))
    life = _keep[-1]._child
    assert life is not None
    assert not _keep[-1].problems, _keep[-1].problems
    return life.pid


_keep: list[ChildSession] = []


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="grader-attacks-"))


@cache
def _assignment(target: str) -> tuple[CourseAssignment, tuple[Case, ...]]:
    """The first assignment, with one public case of ``TARGET`` so that hanging is told soon."""
    whole = load_assignment(COURSE, "two_layer_net")
    assert whole.record_hidden is not None
    hidden = tuple(case for case in whole.record_hidden(1) if case.question in (TARGET, target))
    few = [case for case in whole.public if case.question == TARGET][1:2]
    rest = [case for case in whole.public if case.question != TARGET or target != TARGET]
    return replace(whole, public=(*(few if target == TARGET else ()), *rest)), hidden


def _hidden_numbers(hidden: tuple[Case, ...]) -> list[str]:
    """Numbers of hidden cases, as Python writes them; those that are too short to tell are left out."""
    arrays = [array for case in hidden for array in case.inputs]
    return [text for a in arrays for text in map(repr, np.ravel(a)[:4].tolist()) if len(text) > 10]


def _left() -> set[str]:
    launched = [s._launcher._process.pid for s in _sandboxes.values()]  # type: ignore[attr-defined]
    return state.left([*launched, *_spawning._processes])


def _left_since(before: set[str]) -> list[str]:
    """What is there now and was not, or the reverse, and does not go away by itself: others work here too."""

    def changed() -> set[str]:
        now = _left()
        return now - before | {line for line in before - now if not line.startswith("process")}

    _await(lambda: not changed(), 5.0)
    return sorted(changed())


def _await(condition: Callable[[], bool], seconds: float = 1.0) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        os.sched_yield()
    return True


_ANSWERS = {"judge": judge, "works": works, "alone": alone, "level": level}

if __name__ == "__main__":
    main()
