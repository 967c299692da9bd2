"""The released notebook, filled in, in a real kernel: no error, and every figure is there."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from grader.course import Assignment, write_bundle


# Jupyter's own libraries warn of their own sockets and paths; nothing here is ours to mend.
@pytest.mark.filterwarnings("ignore")
def test_it_runs_from_top_to_bottom(
    filled: str, assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # two threads on two busy cores wait for each other
    (tmp_path / "two_layer_net.cases").write_bytes(write_bundle(assignment))
    notebook = nbformat.reads(filled, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(notebook, timeout=180, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    pictures = [
        o
        for o in outputs
        if any(k.startswith("image/") for k in o.get("data", {})) or "<img" in str(o.get("data", {}))
    ]
    assert len(pictures) >= 6
    cards = [
        o["data"]["text/plain"]
        for o in outputs
        if "text/html" in o.get("data", {}) and "public cases passed" in str(o["data"])
    ]
    assert len(cards) >= 11
    assert all(card.startswith("✓") for card in cards), cards
