"""Which level a sandbox reaches here: measured in children without student code, never assumed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from grader.model import Level, SandboxInfo
from grader.sandbox.channel import Conversation, DeadlineError
from grader.sandbox.deadline import Deadline
from grader.sandbox.launcher import Launcher, SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.mechanisms import LIMITING, MECHANISMS, Mechanism, Missing
from grader.sandbox.requests import encode_request
from grader.sandbox.wire import WireError

_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Measurement:
    """The level of a sandbox, and what it was derived from."""

    level: Level
    mechanisms: tuple[str, ...]
    """Seen to deny what they should, each by itself; every child applies them all."""
    missing: dict[str, Missing]
    """Mechanism → why it is not applied."""
    attempts: dict[str, bool]
    """Name of what was tried in a child under all of them → whether it was denied."""

    @property
    def info(self) -> SandboxInfo:
        """What every report records."""
        return SandboxInfo(self.level, self.mechanisms)


def measure(launcher: Launcher, without: Collection[str] = ()) -> Measurement:
    """Try every mechanism by itself, then everything that must be denied under all of them together.

    ``without`` names mechanisms to leave out: for tests, which must be able to fail.
    """
    limits = Limits()
    missing: dict[str, Missing] = {}
    mechanisms: list[str] = []
    for mechanism in MECHANISMS:
        switched_off = Missing("switched off") if mechanism.name in without else None
        if why := switched_off or _tried_alone(launcher, mechanism, limits):
            missing[mechanism.name] = why
        else:
            mechanisms.append(mechanism.name)
    together = _ask(launcher, mechanisms, limits, "")
    if isinstance(together, Missing):
        raise SandboxError(f"the sandbox's probe failed: {together.reason} ({together.detail})")
    attempts = {str(name): bool(denied) for name, denied in together}
    sealed = bool(attempts) and all(attempts.values()) and not LIMITING & missing.keys()
    return Measurement("sealed" if sealed else "limited", tuple(mechanisms), missing, attempts)


def _tried_alone(launcher: Launcher, mechanism: Mechanism, limits: Limits) -> Missing | None:
    """Why a mechanism is not to be used here; None where it was seen to hold."""
    if why := mechanism.missing():
        return why
    answer = _ask(launcher, {mechanism.name, *mechanism.needs}, limits, mechanism.name)
    if isinstance(answer, Missing):
        return answer
    return None if answer is True else Missing("no effect")


def _ask(launcher: Launcher, mechanisms: Collection[str], limits: Limits, question: str) -> Any:
    """A fresh child's answer to a probe, or why it gave none."""
    wire, pid = launcher.fork(limits, mechanisms)
    try:
        return _answer(wire, question)
    except (EOFError, OSError, WireError, DeadlineError) as error:
        return Missing("no answer", type(error).__name__)
    finally:
        wire.close()
        launcher.end(pid)


def _answer(wire: Conversation, question: str) -> Any:
    _, (kind, text) = wire.receive(Deadline(_SECONDS))
    if kind != "sealed":
        return Missing("not applied", str(text))
    wire.ask(1, encode_request("probe", question))
    _, (_, answer) = wire.receive(Deadline(_SECONDS))
    return answer
