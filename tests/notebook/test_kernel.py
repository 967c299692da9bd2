"""The released notebook, filled in, in a real kernel: no error, and every figure is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebook.kernel import run


# Jupyter's own libraries warn of their own sockets and paths; nothing here is ours to mend.
@pytest.mark.filterwarnings("ignore")
def test_it_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # put back afterwards
    found = run("two_layer_net", tmp_path)
    assert not found.errors
    assert found.pictures >= 6
    assert len(found.cards) >= 11
    assert all(card.startswith("✓") for card in found.cards), found.cards
