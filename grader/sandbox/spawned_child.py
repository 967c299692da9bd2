"""A child that was not forked: loads what a zygote would have loaded, seals itself, and answers."""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from grader.sandbox.launcher import INTERRUPTED
from grader.sandbox.preloaded import load_everything


def main() -> None:
    """Never returns. The arguments: the grader's pid, memory, CPU seconds, mechanisms, the wire, packages."""
    grader, memory, cpu, chosen = map(int, sys.argv[1:5])
    try:
        wire = _wire(sys.argv[5])
        load_everything(sys.argv[6:])
        from grader.sandbox import child, seal
        from grader.sandbox.limits import Limits
        from grader.sandbox.mechanisms import MECHANISMS, Setting, make_ruleset

        missing = {mechanism.name: mechanism.missing() for mechanism in MECHANISMS}
        for mechanism in MECHANISMS:
            if not missing[mechanism.name]:
                mechanism.prepare()
        ruleset = -1 if missing["Landlock"] else make_ruleset()
        setting = Setting(Limits(memory, cpu), grader, ruleset, seal.mechanisms_of_bits(chosen))
        steps = seal.steps(setting)
        child.prepare()
        seal.apply(steps, wire)
        child.serve_requests(wire, setting)
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    except BaseException:
        os._exit(98)
    os._exit(0)


def _wire(where: str) -> Any:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    from grader.sandbox.channel import Descriptor
    from grader.sandbox.zygote import WIRE

    os.dup2(int(where), WIRE)
    return Descriptor(WIRE)
