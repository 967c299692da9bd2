"""Seccomp filters in classic BPF: assembled from named rules, loaded for good.

A filter sees the call's number, the architecture and six 64-bit arguments, and nothing that they point to.
https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.sandbox.libc import prepare_system_call
from grader.sandbox.syscalls import AUDIT_ARCHITECTURE, NUMBERS, X32_BIT, number

ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
ERRNO = 0x00050000
"""Plus an errno: the call fails with it."""

_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_LOAD, _EQUAL, _AT_LEAST, _ABOVE, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x25, 0x45, 0x06
_SET_MODE_FILTER = 1

Instruction = tuple[int, int, int, int]
"""Operation, jump if true, jump if false, operand."""


@dataclass(frozen=True, slots=True)
class Test:
    """A test of the low 32 bits of one argument; the next one is asked only if it holds."""

    argument: int
    operation: int
    operand: int
    high: bool = False
    """Look at the high 32 bits instead."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of one system call, by name or number, when all tests hold; without tests, always."""

    call: str | int
    action: int
    tests: tuple[Test, ...] = ()


def equals(argument: int, value: int) -> tuple[Test, Test]:
    """The whole 64-bit argument is ``value`` (below 2³²)."""
    return Test(argument, _EQUAL, value), Test(argument, _EQUAL, 0, high=True)


def at_most(argument: int, value: int) -> Test:
    """The low half of the argument is ``value`` or less."""
    return Test(argument, _ABOVE, value, negated=True)


def at_least(argument: int, value: int) -> Test:
    """The low half of the argument is ``value`` or more."""
    return Test(argument, _AT_LEAST, value)


def has_bit(argument: int, bits: int) -> Test:
    """The low half of the argument has one of ``bits``."""
    return Test(argument, _ANY_BIT, bits)


def assemble(machine: str, rules: Sequence[Rule], otherwise: int) -> bytes:
    """A program: foreign architectures are killed, the first rule that holds decides, else ``otherwise``.

    Rules for calls that ``machine`` does not have are left out.
    """
    code: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, AUDIT_ARCHITECTURE[machine]),
        (_RETURN, 0, 0, KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        code += [(_AT_LEAST, 0, 1, X32_BIT), (_RETURN, 0, 0, KILL_PROCESS)]
    bodies: dict[int, list[Instruction]] = {}
    for rule in rules:
        known = rule.call if isinstance(rule.call, int) else NUMBERS[machine].get(rule.call)
        if known is not None:
            bodies.setdefault(known, []).extend(_body(rule))
    code += _search(sorted(bodies.items()), (_RETURN, 0, 0, otherwise))
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)


def _search(bodies: Sequence[tuple[int, list[Instruction]]], otherwise: Instruction) -> list[Instruction]:
    """Halve the calls until one is left. On loading, the kernel tries a filter with every call there is."""
    if not bodies:
        return [otherwise]
    if len(bodies) == 1:
        ((call, body),) = bodies
        return [(_EQUAL, 0, len(body), call), *body, otherwise]
    middle = len(bodies) // 2
    lower, upper = _search(bodies[:middle], otherwise), _search(bodies[middle:], otherwise)
    return [(_AT_LEAST, len(lower), 0, bodies[middle][0]), *lower, *upper]


def _body(rule: Rule) -> list[Instruction]:
    """Instructions of one rule; where a test fails, they end at what comes after them."""
    body: list[Instruction] = []
    ends = 2 * len(rule.tests)  # position of the rule's own return in the body
    for position, test in enumerate(rule.tests):
        offset = _ARGUMENTS + 8 * test.argument + (4 if test.high else 0)
        miss = ends - 2 * position - 1  # from after the test to after the return
        yes, no = (miss, 0) if test.negated else (0, miss)
        body += [(_LOAD, 0, 0, offset), (test.operation, yes, no, test.operand)]
    return [*body, (_RETURN, 0, 0, rule.action)]


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def loading(program: bytes) -> Callable[[], int]:
    """The call that binds a process, and all that it starts, to a filter for good. OSError if that fails."""
    return prepare_system_call(number("seccomp"), _SET_MODE_FILTER, 0, _Program(len(program) // 8, program))
