"""The child's side of the seal: apply what was chosen, in order, and show that it holds."""

from __future__ import annotations

from collections.abc import Collection

from grader.sandbox import channel
from grader.sandbox.escape_probes import run_probes
from grader.sandbox.mechanisms import MECHANISMS, Setting, Step

Steps = tuple[tuple[str, Step], ...]
"""(mechanism, call), in the order in which they are made."""


def mechanism_bits(names: Collection[str]) -> int:
    """A set of mechanisms as one number, for the zygote's fixed messages."""
    return sum(1 << place for place, mechanism in enumerate(MECHANISMS) if mechanism.name in names)


def mechanisms_of_bits(number: int) -> tuple[str, ...]:
    """The names of such a number."""
    return tuple(mechanism.name for place, mechanism in enumerate(MECHANISMS) if number >> place & 1)


def steps(setting: Setting) -> Steps:
    """What a child does to seal itself. Made before the fork: each page that is new to a child costs time."""
    chosen = [mechanism for mechanism in MECHANISMS if mechanism.name in setting.mechanisms]
    return tuple((mechanism.name, step) for mechanism in chosen for step in mechanism.steps(setting))


def apply(steps: Steps, wire: channel.Endpoint) -> None:
    """Bind this process for good, and say so. What cannot be applied is said too, and ends the process."""
    for name, step in steps:
        try:
            step()
        except Exception as error:
            channel.send(wire, 0, ("unsealed", f"{name}: {error}"))
            raise
    channel.send(wire, 0, ("sealed", None))


def probe(setting: Setting, question: str) -> object:
    """What the grader asks of a child without student code: the probes, or whether one mechanism holds.

    ``question`` is a mechanism's name, or empty for the probes.
    """
    if not question:
        return run_probes(setting)
    mechanism = next(m for m in MECHANISMS if m.name == question)
    return mechanism.holds(setting)
