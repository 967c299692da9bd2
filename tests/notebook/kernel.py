"""Run the assignments' notebooks, filled in, in a real kernel: ``make notebooks``, which takes minutes.

Every cell must run, every picture have words, and every ``check`` pass.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from grader.course import assignments, load_assignment, write_bundle
from grader.course.release import notebook

COURSE = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Run:
    """What a run left in the notebook."""

    errors: tuple[str, ...]
    pictures: int
    undescribed: int
    """Pictures without a text alternative."""
    cards: tuple[str, ...]
    """Verdicts of the `check` cells, as text."""


def run(name: str, folder: Path) -> Run:
    """Run the filled edition in ``folder``, beside its bundle of public cases."""
    # Two threads on two busy cores wait for each other.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    (folder / f"{name}.cases").write_bytes(write_bundle(load_assignment(COURSE, name)))
    document = nbformat.reads(notebook(COURSE, name, "filled"), as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        document, timeout=180, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    outputs = [output for cell in document.cells if cell.cell_type == "code" for output in cell.outputs]
    pictures = [output for output in outputs if _is_picture(output)]
    return Run(
        tuple(f"{o.ename}: {o.evalue}" for o in outputs if o.output_type == "error"),
        len(pictures),
        sum('alt=""' in str(o.data) for o in pictures),
        tuple(
            o["data"]["text/plain"]
            for o in outputs
            if "text/html" in o.get("data", {}) and "public cases passed" in str(o["data"])
        ),
    )


def _is_picture(output: Any) -> bool:
    data = output.get("data", {})
    return any(kind.startswith("image/") for kind in data) or "<img" in str(data)


def main() -> None:
    """Run each notebook, say how long it took, and fail if a cell did."""
    failed = False
    for name in sys.argv[1:] or assignments(COURSE):
        with tempfile.TemporaryDirectory() as folder:
            start = time.monotonic()
            found = run(name, Path(folder))
        wrong = [card.splitlines()[0] for card in found.cards if not card.startswith("✓")]
        seconds = time.monotonic() - start
        print(
            f"{name}: {seconds:.0f} s, {found.pictures} pictures, {found.undescribed} of them without words, "
            f"{len(found.cards)} checks, {len(wrong)} of them not passed, {len(found.errors)} errors"
        )
        for problem in (*found.errors, *wrong):
            print(f"  {problem}")
        failed |= bool(found.errors or wrong or found.undescribed or not found.pictures)
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
