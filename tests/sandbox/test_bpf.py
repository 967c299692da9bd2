"""The filters, run in a small BPF machine: what each call comes to, on machines that we do not have."""

from __future__ import annotations

import errno
import struct

import pytest

from grader.sandbox.bpf import ALLOW, ERRNO, KILL_PROCESS, Rule, assemble, at_least, at_most, equals, has_bit
from grader.sandbox.mechanisms import exec_memory, system_calls
from grader.sandbox.syscalls import AUDIT_ARCHITECTURE, NUMBERS, X32_BIT

MACHINES = sorted(AUDIT_ARCHITECTURE)
DENIED = ERRNO | errno.EPERM


def verdict(program: bytes, machine: str, call: str | int, *arguments: int, foreign: bool = False) -> int:
    """What the kernel would do: https://www.kernel.org/doc/Documentation/networking/filter.txt."""
    number = NUMBERS[machine][call] if isinstance(call, str) else call
    architecture = 0x40000003 if foreign else AUDIT_ARCHITECTURE[machine]  # i386
    data = struct.pack("<IIQ6Q", number, architecture, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    code = list(struct.iter_unpack("<HBBI", program))
    accumulator, at = 0, 0
    while True:
        operation, yes, no, operand = code[at]
        at += 1
        if operation == 0x06:
            return int(operand)
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
            continue
        holds = {
            0x15: accumulator == operand,
            0x25: accumulator > operand,
            0x35: accumulator >= operand,
            0x45: bool(accumulator & operand),
        }[operation]
        at += yes if holds else no


def list_of(machine: str) -> bytes:
    rules = (*exec_memory.RULES, *system_calls.RULES)
    return assemble(machine, rules, DENIED)


@pytest.mark.parametrize("machine", MACHINES)
def test_exactly_the_listed_calls_are_allowed(machine: str) -> None:
    program = list_of(machine)
    allowed = {number for number in range(600) if verdict(program, machine, number) == ALLOW}
    known = {NUMBERS[machine][name] for name in system_calls.ALLOWED if name in NUMBERS[machine]}
    # With arguments of 0 reading one's own limits is allowed too, and fcntl(fd, F_DUPFD) is not.
    assert allowed == known | {NUMBERS[machine]["prlimit64"]}
    assert len(known) >= 45


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_not_computing_is_denied(machine: str) -> None:
    program = list_of(machine)
    for name in ("clone", "shmget", "shmat", "unshare", "memfd_create", "process_vm_readv", "seccomp"):
        assert verdict(program, machine, name) == DENIED, name
    assert verdict(program, machine, "clone3") == ERRNO | errno.ENOSYS
    assert verdict(program, machine, "ioctl") == ERRNO | errno.ENOTTY


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("call", ["mmap", "mprotect", "pkey_mprotect"])
def test_no_memory_becomes_executable(machine: str, call: str) -> None:
    for program in (list_of(machine), assemble(machine, exec_memory.RULES, ALLOW)):
        for protection in (4, 5, 6, 7, 0x1000004):
            assert verdict(program, machine, call, 0, 4096, protection) == DENIED
    assert verdict(list_of(machine), machine, "mmap", 0, 4096, 3) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_limits_may_be_read_and_not_set(machine: str) -> None:
    program = list_of(machine)
    assert verdict(program, machine, "prlimit64", 0, 7, 0) == ALLOW
    assert verdict(program, machine, "prlimit64", 0, 7, 0x7F0000001000) == DENIED
    assert verdict(program, machine, "prlimit64", 0, 7, 1 << 32) == DENIED  # a pointer's high half counts
    assert verdict(program, machine, "prlimit64", 1, 7, 0) == DENIED
    assert [verdict(program, machine, "fcntl", 3, command) == ALLOW for command in range(6)] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("machine", MACHINES)
def test_foreign_calls_are_killed(machine: str) -> None:
    assert verdict(list_of(machine), machine, "read", foreign=True) == KILL_PROCESS


def test_x32_calls_are_killed() -> None:
    program = list_of("x86_64")
    assert verdict(program, "x86_64", X32_BIT) == KILL_PROCESS
    assert verdict(program, "x86_64", X32_BIT | 512) == KILL_PROCESS
    assert verdict(program, "x86_64", 0xFFFFFFFF) == KILL_PROCESS


def test_rules_are_asked_in_order_and_tests_together() -> None:
    rules = (
        Rule("read", 1, (at_least(0, 2), at_most(0, 4))),
        Rule("read", 2, (has_bit(1, 0b110),)),
        Rule("read", 3, equals(2, 9)),
        Rule(77, 5),
    )
    program = assemble("x86_64", rules, 7)
    cases = {(2,): 1, (4,): 1, (5,): 7, (1, 2): 2, (1, 1): 7, (0, 0, 9): 3, (0, 0, 9 | 1 << 32): 7, (3, 2): 1}
    for arguments, expected in cases.items():
        assert verdict(program, "x86_64", "read", *arguments) == expected, arguments
    assert verdict(program, "x86_64", 77) == 5
    assert verdict(program, "x86_64", "write", 3) == 7
