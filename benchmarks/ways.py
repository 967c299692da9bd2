"""Other ways to run a submission apart from its grader, for ``benchmarks/sandbox.py``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.model import Case, Load
from grader.sandbox import messages

SCRIPT = """
import sys
sys.path.insert(0, {course!r})
import numpy as np
from grader.sandbox import messages, requests, wire
from grader.sandbox.replay import replay
from grader.source.memory import Placeholder

for name in ("matplotlib", "matplotlib.pyplot"):  # as in a child: not loading it is no merit of the seal
    sys.modules[name] = Placeholder(name)

answers = dict()
exec({source!r}, answers)
for data in {data!r}:
    kind, nothing, program = requests.decode_request(data)
    result = replay(messages.unpack_program(program), answers.__getitem__)
    assert not result.failures, result.failures
    wire.encode(("result", messages.pack_result(result)))
"""


def written(load: Load, batches: Sequence[Sequence[Case]], folder: Path) -> Path:
    """A script that does in its own process what a child does with ``load`` and the cases."""
    course = str(Path(__file__).resolve().parent.parent)
    source = "from grader.toolkit import Solver\n" + "\n".join(chunk.source for chunk in load.chunks)
    data = [messages.run_request(case) for batch in batches for case in batch]
    path = folder / "submission.py"
    path.write_text(SCRIPT.format(course=course, source=source, data=data), encoding="utf-8")
    return path


def bubblewrap() -> list[str]:
    """The command that gives a program no network, no other processes, and files to read only."""
    return "bwrap --ro-bind / / --dev /dev --proc /proc --unshare-all --die-with-parent".split()


def kernel(source: str) -> None:
    """Start a kernel, run one cell in it, shut it down."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3")
    try:
        reply = client.execute_interactive(source, timeout=60, output_hook=lambda message: None)
        assert reply["content"]["status"] == "ok", reply["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
