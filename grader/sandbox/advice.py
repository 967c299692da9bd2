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
    return "" if measured.level == "sealed" else how_to_seal(sys.platform, measured.missing)
