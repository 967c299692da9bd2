"""What a person should know of a level: what is still open, and how to get a higher one."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from grader.sandbox.measure import Measured


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
        reason = missing.get("sandbox_init", "")
        return f"macOS refuses its own seal ({reason}). Run the grader in a Linux container" if reason else ""
    if platform != "linux":
        return f"no seal is known for {platform}. Run the grader on Linux"
    reason = missing.get("seccomp", "")
    if "tables" in reason:
        return f"{reason}. Run the grader on x86-64 or aarch64"
    if reason:
        return (
            f"seccomp cannot be used here ({reason}). In a container, start it with the default profile "
            "(for Docker: without `--security-opt seccomp=…`, Docker 20.10 or newer); on a kernel of "
            "your own, set CONFIG_SECCOMP_FILTER"
        )
    return "see which attempts were not denied, and please report them: this is not expected on Linux"


def advice(measured: Measured) -> str:
    """``how_to_seal`` for this system; empty when it is sealed already."""
    if measured.level == "sealed":
        return ""
    return tight_limit() or how_to_seal(sys.platform, measured.missing)


def tight_limit() -> str:
    """A limit of the caller's shell below what grading needs, by its name: nothing else names the cause."""
    if sys.platform == "win32":
        return ""
    import resource

    for option, name, what, needed, unit, word in _NEEDED:
        soft, _ = resource.getrlimit(getattr(resource, name))
        if soft != resource.RLIM_INFINITY and soft < needed:
            return (
                f"{what} is limited here to {soft // unit:,}{word} (ulimit {option}), and the grader and its "
                f"sandbox need {needed // unit:,}{word}: lift the limit, and try again"
            )
    return ""


_NEEDED = (
    ("-v", "RLIMIT_AS", "the address space", 4 << 30, 1 << 20, " MB"),
    ("-d", "RLIMIT_DATA", "memory for data", 4 << 30, 1 << 20, " MB"),
    ("-t", "RLIMIT_CPU", "processor time", 600, 1, " seconds"),
    ("-s", "RLIMIT_STACK", "the stack", 1 << 20, 1 << 10, " KB"),
    ("-n", "RLIMIT_NOFILE", "the number of open files", 32, 1, ""),
    ("-f", "RLIMIT_FSIZE", "the size of files", 16 << 20, 1 << 20, " MB"),
)
"""Option of `ulimit`, limit, what it limits, how much is needed, in which unit. Address space is not memory:
little of it is used, but NumPy and a child's own limit ask for that much."""
