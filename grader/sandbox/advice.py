"""What a person should know of a level: what is still open, and how to get a higher one."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from grader.sandbox.measure import Measured

_ADDRESS_SPACE = 4 << 30
"""Bytes of address space, little of which is memory: NumPy and a child's own limit."""


def shortfall(measured: Measured) -> str:
    """What student code could still do here, in words; empty when it is sealed."""
    reached = [what for what, denied in measured.attempts.items() if not denied]
    if measured.level == "sealed":
        return ""
    return "student code could still " + (", ".join(reached) or "do what could not be tried")


def how_to_seal(platform: str, missing: Mapping[str, str]) -> str:
    """What to install or change to reach `sealed`, on ``platform`` (a value of ``sys.platform``)."""
    if platform == "win32":
        return "Windows has nothing that seals a process for good. Run the grader inside WSL 2"
    if platform == "darwin":
        said = missing.get("sandbox_init", "")
        return f"macOS refuses its own seal ({said}). Run the grader in a Linux container" if said else ""
    if platform != "linux":
        return f"no seal is known for {platform}. Run the grader on Linux"
    said = missing.get("seccomp", "")
    if "tables" in said:
        return f"{said}. Run the grader on x86-64 or aarch64"
    if said:
        return (
            f"seccomp cannot be used here ({said}). In a container, start it with the default profile "
            "(for Docker: without `--security-opt seccomp=…`, Docker 20.10 or newer); on a kernel of "
            "your own, set CONFIG_SECCOMP_FILTER"
        )
    return "see which attempts were not denied, and please report them: this is not expected on Linux"


def advice(measured: Measured) -> str:
    """``how_to_seal`` for this system; empty when it is sealed already."""
    if measured.level == "sealed":
        return ""
    return address_space_limit() or how_to_seal(sys.platform, measured.missing)


def address_space_limit() -> str:
    """That the caller's shell limits the address space, and what to do: nothing else names the cause."""
    if sys.platform == "win32":
        return ""
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY:
        return ""
    return (
        f"the address space is limited here to {soft >> 20} MB (ulimit -v), and the grader and its sandbox "
        f"need {_ADDRESS_SPACE >> 20} MB each: lift the limit, and try again"
    )
